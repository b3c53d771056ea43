using System.CommandLine;
using System.ComponentModel;
using System.Reflection;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Requests;

/// <summary>One field of a request and the option that sets it, both from the generated type.</summary>
internal sealed class RequestField
{
    private readonly PropertyInfo _property;
    private readonly FieldReader _read;

    public RequestField(PropertyInfo property, string wireName, IReadOnlySet<string> taken)
    {
        _property = property;
        WireName = wireName;
        var name = "--" + wireName.Replace('_', '-');
        (Option, _read) = Create(taken.Contains(name) ? "--request-" + name[2..] : name, property.PropertyType);
        Option.Description = $"{property.GetCustomAttribute<DescriptionAttribute>()?.Description} {Option.Description}".Trim();
    }

    private delegate Task<object?> FieldReader(ParseResult command, StandardInput input, CancellationToken cancellationToken);

    /// <summary>Name on the wire.</summary>
    public string WireName { get; }

    public Option Option { get; }

    /// <summary>Sets the field if the command line has its option, or the option a default.</summary>
    public async Task ApplyAsync(ParseResult command, object request, StandardInput input, CancellationToken cancellationToken)
    {
        if (command.GetResult(Option) is not null)
        {
            _property.SetValue(request, await _read(command, input, cancellationToken).ConfigureAwait(false));
        }
    }

    private static (Option Option, FieldReader Read) Create(string name, Type type) => type switch
    {
        _ when type == typeof(int?) || type == typeof(int) => Plain(NumberOption.Int32(name)),
        _ when type == typeof(long?) => Plain(NumberOption.Int64(name)),
        _ when type == typeof(decimal?) => Plain(NumberOption.Integer(name)),
        _ when type == typeof(double?) => Plain(NumberOption.Double(name)),
        _ when type == typeof(bool?) => Plain(new Option<bool?>(name) { HelpName = "true|false" }),
        _ when type == typeof(TextOrTexts) => Several(name, new FieldValue(typeof(string)), texts => (TextOrTexts)texts),
        _ when FieldValue.ElementOf(type) is { } element => Several(name, new FieldValue(element), texts => new FieldValue(element).ParseAll(name, texts)),
        _ => One(name, new FieldValue(type)),
    };

    private static (Option, FieldReader) Plain<T>(Option<T> option)
        => (option, (command, _, _) => Task.FromResult<object?>(command.GetValue(option)));

    private static (Option, FieldReader) One(string name, FieldValue value)
    {
        var option = new Option<string>(name) { HelpName = value.HelpName, Description = value.Words };
        return (option, async (command, input, cancellationToken)
            => value.Parse(name, await input.TextAsync(command.GetRequiredValue(option), cancellationToken).ConfigureAwait(false)));
    }

    private static (Option, FieldReader) Several(string name, FieldValue value, Func<string[], object?> parse)
    {
        var option = new Option<string[]>(name) { HelpName = value.HelpName, Description = $"{value.Words} Repeatable.".Trim() };
        return (option, ReadAsync);

        async Task<object?> ReadAsync(ParseResult command, StandardInput input, CancellationToken cancellationToken)
        {
            var texts = command.GetRequiredValue(option);
            // A dash is a text like others in a list of them, such as one that ends generation.
            return parse(value.IsText ? texts : await input.TextsAsync(texts, cancellationToken).ConfigureAwait(false));
        }
    }
}
