using System.Collections;
using System.Reflection;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Cli.Requests;

/// <summary>A value of a generated type as it is written on a command line: a text, a value of an extensible enum, or JSON.</summary>
internal sealed class FieldValue
{
    private readonly Type _type;
    private readonly ConstructorInfo? _word;
    private readonly MethodInfo? _fromText;

    public FieldValue(Type type)
    {
        _type = Nullable.GetUnderlyingType(type) ?? type;
        // Extensible enums are types with a string, their value.
        _word = _type.GetProperty("Value")?.PropertyType == typeof(string) ? _type.GetConstructor([typeof(string)]) : null;
        // A union that takes a bare word, such as auto, beside objects.
        _fromText = _word is null && !IsText ? _type.GetMethod("op_Implicit", [typeof(string)]) : null;
    }

    /// <summary>Whether it is a text of any kind.</summary>
    public bool IsText => _type == typeof(string);

    /// <summary>What stands for it in the help.</summary>
    public string HelpName => IsText ? "text" : IsBytes ? "base64" : _word is not null ? "value" : KnownWords().Any() ? "value|JSON" : "JSON";

    /// <summary>The values that the document lists, as a sentence of the help; null where it lists none.</summary>
    public string? Words => KnownWords().ToList() is { Count: > 0 } words ? $"Values: {string.Join(", ", words)}." : null;

    private bool IsBytes => _type == typeof(ReadOnlyMemory<byte>);

    /// <summary>The type of a list's elements; null where the type is no list.</summary>
    public static Type? ElementOf(Type type)
        => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : null;

    /// <summary>The value that a text says.</summary>
    /// <exception cref="UsageException">It says none; the message names the option.</exception>
    public object? Parse(string option, string text)
    {
        if (IsText)
        {
            return text;
        }

        if (IsBytes)
        {
            return Bytes(option, text);
        }

        try
        {
            if (_word is not null)
            {
                return _word.Invoke([text]);
            }

            var json = JToken.Parse(text);
            // A text that is also a number, such as 42, is a text where no number can stand.
            return json is JValue { Type: not JTokenType.String } value && _fromText is not null && !Takes(value)
                ? _fromText.Invoke(null, [text])
                : json.ToObject(_type);
        }
        catch (JsonReaderException) when (_fromText is not null)
        {
            return _fromText.Invoke(null, [text]);
        }
        catch (JsonException exception)
        {
            throw Invalid(option, exception);
        }
    }

    /// <summary>A list of the values that texts say, each one value or a JSON array of them.</summary>
    /// <exception cref="UsageException">One says none; the message names the option.</exception>
    public object ParseAll(string option, IEnumerable<string> texts)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(_type))!;
        foreach (var text in texts)
        {
            if (IsText || !text.TrimStart().StartsWith('['))
            {
                list.Add(Parse(option, text));
                continue;
            }

            try
            {
                foreach (var element in JArray.Parse(text))
                {
                    list.Add(element.ToObject(_type));
                }
            }
            catch (JsonException exception)
            {
                throw Invalid(option, exception);
            }
        }

        return list;
    }

    private static ReadOnlyMemory<byte> Bytes(string option, string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw new UsageException($"The value of {option} is not base64.");
        }
    }

    // A union converts from what it is one of.
    private bool Takes(JValue value)
    {
        Type[] types = value.Type switch
        {
            JTokenType.Integer => [typeof(int), typeof(long), typeof(double)],
            JTokenType.Float => [typeof(double)],
            JTokenType.Boolean => [typeof(bool)],
            _ => [],
        };
        return Array.Exists(types, type => _type.GetMethod("op_Implicit", [type]) is not null);
    }

    private static UsageException Invalid(string option, JsonException exception)
        => new($"The value of {option} is not the JSON that this field takes: {exception.Message}");

    private IEnumerable<string> KnownWords()
        => from property in _type.GetProperties(BindingFlags.Public | BindingFlags.Static)
           where property.PropertyType == _type && (_word ?? (object?)_fromText) is not null
           let word = JToken.FromObject(property.GetValue(null)!)
           where word.Type == JTokenType.String
           select (string)word!;
}
