using System.CommandLine;
using System.ComponentModel;
using System.Reflection;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Cli.Requests;

/// <summary>One field of a request and the option that sets it, both from the generated type.</summary>
internal sealed class RequestField
{
    private readonly PropertyInfo _property;
    private readonly Func<ParseResult, object?> _read;

    public RequestField(PropertyInfo property, string wireName, IReadOnlySet<string> taken)
    {
        _property = property;
        WireName = wireName;
        var name = "--" + wireName.Replace('_', '-');
        (Option, _read) = Create(taken.Contains(name) ? "--request-" + name[2..] : name, property.PropertyType);
        Option.Description = $"{property.GetCustomAttribute<DescriptionAttribute>()?.Description} {Option.Description}".Trim();
    }

    /// <summary>Name on the wire.</summary>
    public string WireName { get; }

    public Option Option { get; }

    /// <summary>Sets the field if the command line has its option, or the option a default.</summary>
    public void Apply(ParseResult command, object request)
    {
        if (command.GetResult(Option) is not null)
        {
            _property.SetValue(request, _read(command));
        }
    }

    private static (Option Option, Func<ParseResult, object?> Read) Create(string name, Type type) => type switch
    {
        _ when type == typeof(string) => Plain(new Option<string>(name) { HelpName = "text" }),
        _ when type == typeof(int?) => Plain(NumberOption.Int32(name)),
        _ when type == typeof(long?) => Plain(NumberOption.Int64(name)),
        _ when type == typeof(double?) => Plain(NumberOption.Double(name)),
        _ when type == typeof(bool?) => Plain(new Option<bool?>(name) { HelpName = "true|false" }),
        _ when type == typeof(IList<string>) => Plain(new Option<string[]>(name) { HelpName = "text", Description = "Repeatable." }),
        _ when type == typeof(TextOrTexts) => Texts(new Option<string[]>(name) { HelpName = "text", Description = "Repeatable." }),
        _ when Word(type) is { } word => Converted(new Option<string>(name) { HelpName = "word" }, text => word.Invoke([text])),
        // Whatever else a future document brings can at least be written as JSON.
        _ => Converted(new Option<string>(name) { HelpName = "JSON" }, text => Parse(name, text, type)),
    };

    private static (Option, Func<ParseResult, object?>) Plain<T>(Option<T> option)
        => (option, command => command.GetValue(option));

    private static (Option, Func<ParseResult, object?>) Converted(Option<string> option, Func<string, object?> convert)
        => (option, command => convert(command.GetRequiredValue(option)));

    private static (Option, Func<ParseResult, object?>) Texts(Option<string[]> option)
        => (option, command => (TextOrTexts)command.GetRequiredValue(option));

    // The document's open sets of words are generated as classes around a text, and nothing else is.
    private static ConstructorInfo? Word(Type type) => type.GetConstructor([typeof(string)]);

    private static object? Parse(string name, string text, Type type)
    {
        try
        {
            return JToken.Parse(text).ToObject(type);
        }
        catch (JsonReaderException) when (type.GetMethod("op_Implicit", [typeof(string)]) is { } fromText)
        {
            // A union that takes a bare word, such as auto, beside objects.
            return fromText.Invoke(null, [text]);
        }
        catch (JsonException exception)
        {
            throw new UsageException($"The value of {name} is not the JSON that this field takes: {exception.Message}");
        }
    }
}
