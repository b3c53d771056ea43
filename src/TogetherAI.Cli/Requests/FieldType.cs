using System.CommandLine;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Requests;

/// <summary>Reads the value of an option.</summary>
internal delegate Task<object?> FieldReader(ParseResult command, StandardInput input, CancellationToken cancellationToken);

/// <summary>The type of a field: which option it has, and how that option's value is read.</summary>
internal abstract class FieldType
{
    public static FieldType Int32 { get; } = new Plain<int?>(NumberOption.Int32);

    public static FieldType Int64 { get; } = new Plain<long?>(NumberOption.Int64);

    /// <summary>An integer that may be longer than 64 bits.</summary>
    public static FieldType Integer { get; } = new Plain<decimal?>(NumberOption.Integer);

    public static FieldType Double { get; } = new Plain<double?>(NumberOption.Double);

    public static FieldType Boolean { get; } = new Plain<bool?>(static name => new Option<bool?>(name) { HelpName = "true|false" });

    /// <summary>A duration, in seconds as on the wire.</summary>
    public static FieldType Duration { get; } = new Plain<TimeSpan?>(NumberOption.Seconds);

    public static FieldType TextOrTexts { get; } = Several(FieldValue.Text, static texts => (TextOrTexts)texts.Cast<string>().ToArray());

    /// <summary>A single value.</summary>
    public static FieldType One(FieldValue value) => new SingleValue(value);

    /// <summary>A list of values, for which the option is repeated.</summary>
    public static FieldType Several(FieldValue element, Func<IEnumerable<object?>, object> toList) => new ListOfValues(element, toList);

    /// <summary>Creates the option of a field, and what reads it.</summary>
    public abstract (Option Option, FieldReader Read) Create(string name);

    private sealed class Plain<T>(Func<string, Option<T>> create) : FieldType
    {
        public override (Option Option, FieldReader Read) Create(string name)
        {
            var option = create(name);
            return (option, (command, _, _) => Task.FromResult<object?>(command.GetValue(option)));
        }
    }

    private sealed class SingleValue(FieldValue value) : FieldType
    {
        public override (Option Option, FieldReader Read) Create(string name)
        {
            var option = new Option<string>(name) { HelpName = value.HelpName, Description = value.Words };
            return (option, async (command, input, cancellationToken)
                => value.Parse(name, await input.TextAsync(command.GetRequiredValue(option), cancellationToken).ConfigureAwait(false)));
        }
    }

    private sealed class ListOfValues(FieldValue element, Func<IEnumerable<object?>, object> toList) : FieldType
    {
        public override (Option Option, FieldReader Read) Create(string name)
        {
            var option = new Option<string[]>(name) { HelpName = element.HelpName, Description = $"{element.Words} Repeatable.".Trim() };
            return (option, ReadAsync);

            async Task<object?> ReadAsync(ParseResult command, StandardInput input, CancellationToken cancellationToken)
            {
                var texts = command.GetRequiredValue(option);
                // A dash is a text like others in a list of them, such as one that ends generation.
                return toList(element.ParseAll(name, element.IsText ? texts : await input.TextsAsync(texts, cancellationToken).ConfigureAwait(false)));
            }
        }
    }
}
