using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Cli.Requests;

/// <summary>A value of a field as it is written on a command line: a text, a value of an extensible enum, or JSON.</summary>
internal sealed class FieldValue
{
    private readonly Func<string, string, object?> _parse;
    private readonly Func<JToken, object?> _read;

    private FieldValue(string helpName, IEnumerable<object?> known, Func<string, string, object?> parse, Func<JToken, object?> read)
    {
        HelpName = helpName;
        Words = known.OfType<string>().ToList() is { Count: > 0 } words ? $"Values: {string.Join(", ", words)}." : null;
        _parse = parse;
        _read = read;
    }

    /// <summary>A text, as it is.</summary>
    public static FieldValue Text { get; } = new("text", [], static (_, text) => text, FieldJson.Text);

    /// <summary>Bytes in base64.</summary>
    public static FieldValue Bytes { get; } = new("base64", [], static (option, text) => ParseBytes(option, text), static json => ParseBytes("the list", (string)FieldJson.Text(json)));

    /// <summary>Whether it is a text of any kind.</summary>
    public bool IsText => this == Text;

    /// <summary>What stands for it in the help.</summary>
    public string HelpName { get; }

    /// <summary>The values that the document lists, as a sentence of the help; null where it lists none.</summary>
    public string? Words { get; }

    /// <summary>A value of an extensible enum.</summary>
    public static FieldValue Word(IEnumerable<object?> known, Func<string, object> fromText)
        => new("value", known, (_, text) => fromText(text), json => fromText((string)FieldJson.Text(json)));

    /// <summary>A value that is written as JSON.</summary>
    public static FieldValue Json(Func<JToken, object?> read) => new("JSON", [], (_, text) => read(JToken.Parse(text)), read);

    /// <summary>A union that also takes a bare word.</summary>
    /// <param name="read">Reads it from JSON.</param>
    /// <param name="known">The words that the document lists.</param>
    /// <param name="fromText">Makes it of a word.</param>
    /// <param name="tokens">What it takes beside texts, arrays and objects. A text that is also a number, such as 42, is a text where no number can stand.</param>
    public static FieldValue JsonOrText(Func<JToken, object?> read, IReadOnlyList<object?> known, Func<string, object> fromText, IReadOnlyList<JTokenType> tokens)
    {
        return new(known.OfType<string>().Any() ? "value|JSON" : "JSON", known, (_, text) => Parse(text), read);

        object? Parse(string text)
        {
            try
            {
                var json = JToken.Parse(text);
                return json is JValue { Type: not JTokenType.String } value && !tokens.Contains(value.Type) ? fromText(text) : read(json);
            }
            catch (JsonReaderException)
            {
                return fromText(text);
            }
        }
    }

    /// <summary>The value that a text says.</summary>
    /// <exception cref="UsageException">It says none; the message names the option.</exception>
    public object? Parse(string option, string text) => Read(option, () => _parse(option, text));

    /// <summary>The values that texts say, each one value or a JSON array of them.</summary>
    /// <exception cref="UsageException">One says none; the message names the option.</exception>
    public List<object?> ParseAll(string option, IEnumerable<string> texts)
    {
        var values = new List<object?>();
        foreach (var text in texts)
        {
            if (IsText || !text.TrimStart().StartsWith('['))
            {
                values.Add(Parse(option, text));
            }
            else
            {
                values.AddRange(Read(option, () => JArray.Parse(text).Select(_read).ToList()));
            }
        }

        return values;
    }

    private static T Read<T>(string option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException exception)
        {
            throw new UsageException($"The value of {option} is not the JSON that this field takes: {exception.Message}");
        }
    }

    private static object ParseBytes(string option, string text)
    {
        try
        {
            return (ReadOnlyMemory<byte>)Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw new UsageException($"The value of {option} is not base64.");
        }
    }
}
