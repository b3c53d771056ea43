using System.CommandLine;
using System.Globalization;

namespace TogetherAI.Cli.Requests;

/// <summary>Options for numbers, written as JSON writes them on every machine: a comma is no part of one.</summary>
internal static class NumberOption
{
    // A hundred years; far below what a duration can be.
    private const double MaxSeconds = 100 * 365.25 * 24 * 60 * 60;

    public static Option<int?> Int32(string name) => Create<int>(
        name, "integer", "an integer", text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null);

    public static Option<long?> Int64(string name) => Create<long>(
        name, "integer", "an integer", text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null);

    /// <summary>An integer that may be longer than 64 bits, such as a seed.</summary>
    public static Option<decimal?> Integer(string name) => Create<decimal>(
        name, "integer", "an integer", text => decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null);

    public static Option<double?> Double(string name) => Create<double>(name, "number", "a number, such as 0.5", ParseDouble);

    public static Option<double?> NotNegative(string name) => Create<double>(
        name, "number", "a number that is not negative", text => ParseDouble(text) is >= 0 and var value ? value : null);

    /// <summary>A duration in seconds.</summary>
    public static Option<TimeSpan?> Seconds(string name) => Create<TimeSpan>(
        name, "seconds", "a number of seconds, such as 5", text => ParseDouble(text) is >= 0 and <= MaxSeconds and var value ? TimeSpan.FromSeconds(value) : null);

    private static double? ParseDouble(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static Option<T?> Create<T>(string name, string helpName, string what, Func<string, T?> parse)
        where T : struct
        => new(name)
        {
            HelpName = helpName,
            CustomParser = result =>
            {
                var value = parse(result.Tokens[0].Value);
                if (value is null)
                {
                    result.AddError($"{name} needs {what}.");
                }

                return value;
            },
        };
}
