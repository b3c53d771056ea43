using System.Globalization;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Drift;

/// <summary>The limits of a schema, each in one form, whatever version of OpenAPI it is written in; a limit that limits nothing is none.</summary>
internal static class SchemaLimits
{
    private static readonly (string Word, string Exclusive)[] Bounds = [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")];

    private static readonly string[] Counts = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

    public static IEnumerable<(string Word, string Value)> Of(MapNode schema)
    {
        foreach (var (word, exclusive) in Bounds)
        {
            // In 3.0 a boolean that makes the limit beside it exclusive, in 3.1 the limit itself.
            var isExclusive = schema.IsTrue(exclusive);
            if (schema.Text(word) is { } limit)
            {
                yield return (isExclusive ? exclusive : word, Number(limit));
            }

            if (schema[exclusive] is ScalarNode { IsNumber: true } own)
            {
                yield return (exclusive, Number(own.Text));
            }
        }

        foreach (var word in Counts)
        {
            if (schema.Text(word) is { } count && (Number(count) != "0" || word.StartsWith("max", StringComparison.Ordinal)))
            {
                yield return (word, Number(count));
            }
        }

        if (schema.Text("multipleOf") is { } step)
        {
            yield return ("multipleOf", Number(step));
        }

        if (schema.Text("pattern") is { } pattern)
        {
            yield return ("pattern", pattern);
        }

        if (schema.IsTrue("uniqueItems"))
        {
            yield return ("uniqueItems", "true");
        }
    }

    // 0, 0.0 and 0e1 are one number.
    private static string Number(string text)
        => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? (value == 0 ? 0 : value).ToString("0.############################", CultureInfo.InvariantCulture)
            : text;
}
