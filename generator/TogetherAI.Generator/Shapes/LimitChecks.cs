using System.Globalization;
using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Rendering;

namespace TogetherAI.Generator.Shapes;

/// <summary>Turns the limits of a schema into the calls that check them before a request is sent.</summary>
/// <remarks>A limit that no call can check is a fault: what stands in a document is promised.</remarks>
internal sealed class LimitChecks(ApiDocument document)
{
    private static readonly string[] OfTexts = ["minLength", "maxLength", "pattern"];
    private static readonly string[] OfNumbers = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
    private static readonly string[] OfLists = ["minItems", "maxItems", "uniqueItems"];
    private static readonly string[] OfMaps = ["minProperties", "maxProperties"];

    private readonly HashSet<MapNode> _sent = RequestSchemas.Of(document);

    /// <summary>Whether a schema has any limit of its own.</summary>
    public static IEnumerable<MapEntry> LimitsOf(MapNode schema)
        => schema.Entries.Where(static entry => OfTexts.Contains(entry.Key) || OfNumbers.Contains(entry.Key) || OfLists.Contains(entry.Key) || OfMaps.Contains(entry.Key));

    /// <summary>The calls for a value of a schema; none where the schema is never sent.</summary>
    public IReadOnlyList<LimitCheck> Of(Node? schema)
    {
        if (schema is not MapNode map || !_sent.Contains(map))
        {
            return [];
        }

        var checks = new List<LimitCheck>();
        Add(checks, schema);
        return checks;
    }

    /// <summary>Reports the limits of a schema that stands where nothing is checked.</summary>
    public void Refuse(Node? schema, string where)
    {
        foreach (var limit in Shape.Of(document, schema).Chain.SelectMany(LimitsOf))
        {
            document.Faults.Add(Codes.UncheckedLimit, limit.KeyPlace, $"'{limit.Key}' is not checked on {where}. Leave it out, and say it in the description.");
        }
    }

    private void Add(List<LimitCheck> checks, Node? schema)
    {
        var shape = Shape.Of(document, schema);
        foreach (var part in shape.Chain)
        {
            Unchecked(part, shape.Kind);
            if (shape.Kind == ShapeKind.Integer && part.Text("format") == "decimal")
            {
                checks.Add(new LimitCheck("Whole", null));
            }

            switch (shape.Kind)
            {
                case ShapeKind.Text:
                    Texts(checks, part);
                    break;
                case ShapeKind.Integer or ShapeKind.Number or ShapeKind.Decimal:
                    Numbers(checks, part, shape.Kind);
                    break;
                case ShapeKind.List:
                    Counts(checks, part, "minItems", "maxItems");
                    Unique(checks, part, shape);
                    break;
                case ShapeKind.Map:
                    Counts(checks, part, "minProperties", "maxProperties");
                    break;
            }
        }

        if (shape.Items is { } items)
        {
            var ofItems = new List<LimitCheck>();
            Add(ofItems, items);
            checks.AddRange(ofItems.Select(check => new LimitCheck(
                shape.Kind == ShapeKind.Map ? "EachValue" : "Each",
                $"static (item, path, name) => {check.Call("item", "name")}")));
        }
    }

    private void Unchecked(MapNode schema, ShapeKind kind)
    {
        var possible = kind switch
        {
            ShapeKind.Text => OfTexts,
            ShapeKind.Integer or ShapeKind.Number or ShapeKind.Decimal => OfNumbers,
            ShapeKind.List => OfLists,
            ShapeKind.Map => OfMaps,
            _ => [],
        };
        foreach (var limit in LimitsOf(schema).Where(limit => !possible.Contains(limit.Key) && limit.Value is not ScalarNode { Text: "false" }))
        {
            document.Faults.Add(Codes.UncheckedLimit, limit.KeyPlace, $"'{limit.Key}' is not checked on {Text(kind)}. Leave it out, and say it in the description.");
        }
    }

    private static string Text(ShapeKind kind) => kind switch
    {
        ShapeKind.Text => "a string",
        ShapeKind.Word => "an enum value",
        ShapeKind.Integer or ShapeKind.Number or ShapeKind.Decimal => "a number",
        ShapeKind.Boolean => "a boolean",
        ShapeKind.Other => "a time, a length, an address or an id, which is not a string in C#",
        ShapeKind.Bytes or ShapeKind.File => "bytes",
        ShapeKind.List => "a list",
        ShapeKind.Map => "a map",
        ShapeKind.Object => "an object",
        _ => "a value that may be anything",
    };

    private void Texts(List<LimitCheck> checks, MapNode schema)
    {
        if (Count(schema, "minLength") is var minimum && Count(schema, "maxLength") is var maximum && (minimum ?? maximum) is not null)
        {
            checks.Add(new LimitCheck("Length", $"{minimum ?? "0"}, {maximum ?? "int.MaxValue"}"));
        }

        if (schema["pattern"] is ScalarNode pattern)
        {
            if (EcmaPattern.TryTranslate(pattern.Text, out var translated))
            {
                checks.Add(new LimitCheck("Pattern", CSharpText.Literal(translated)));
            }
            else
            {
                document.Faults.Add(Codes.UncheckedLimit, pattern.Place, "'pattern' has a character beyond U+FFFF in brackets, which .NET does not match. Leave it out, and say it in the description.");
            }
        }
    }

    private void Numbers(List<LimitCheck> checks, MapNode schema, ShapeKind kind)
    {
        var minimum = Number(schema, "minimum", kind);
        var maximum = Number(schema, "maximum", kind);
        // A boolean in 3.0, a number of its own later.
        var above = schema.IsTrue("exclusiveMinimum") ? minimum : Number(schema, "exclusiveMinimum", kind);
        var below = schema.IsTrue("exclusiveMaximum") ? maximum : Number(schema, "exclusiveMaximum", kind);
        minimum = schema.IsTrue("exclusiveMinimum") ? null : minimum;
        maximum = schema.IsTrue("exclusiveMaximum") ? null : maximum;
        if ((minimum ?? maximum) is not null)
        {
            checks.Add(new LimitCheck("Range", $"{minimum ?? "null"}, {maximum ?? "null"}"));
        }

        if (above is not null)
        {
            checks.Add(new LimitCheck("Above", above));
        }

        if (below is not null)
        {
            checks.Add(new LimitCheck("Below", below));
        }

        if (Number(schema, "multipleOf", kind) is { } multiple)
        {
            checks.Add(new LimitCheck("MultipleOf", multiple));
        }
    }

    private static void Counts(List<LimitCheck> checks, MapNode schema, string minimum, string maximum)
    {
        if (Count(schema, minimum) is { } least)
        {
            checks.Add(new LimitCheck("MinCount", least));
        }

        if (Count(schema, maximum) is { } most)
        {
            checks.Add(new LimitCheck("MaxCount", most));
        }
    }

    private void Unique(List<LimitCheck> checks, MapNode schema, Shape shape)
    {
        if (!schema.IsTrue("uniqueItems"))
        {
            return;
        }

        if (Shape.Of(document, shape.Items).IsSingle)
        {
            checks.Add(new LimitCheck("Unique", null));
        }
        else
        {
            document.Faults.Add(
                Codes.UncheckedLimit,
                schema.Find("uniqueItems")!.KeyPlace,
                "'uniqueItems' is checked only on lists of strings, numbers, booleans and enum values. Leave it out, and say it in the description.");
        }
    }

    // A limit beyond the largest count is none.
    private static string? Count(MapNode schema, string key)
        => schema[key] is ScalarNode { IsNumber: true } scalar && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? ((int)Math.Clamp(number, 0, int.MaxValue)).ToString(CultureInfo.InvariantCulture)
            : null;

    // Whole numbers are compared as decimals, which hold every one of them exactly.
    private string? Number(MapNode schema, string key, ShapeKind kind)
    {
        if (schema[key] is not ScalarNode { IsNumber: true } scalar)
        {
            return null;
        }

        if (kind == ShapeKind.Number)
        {
            var number = double.Parse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (double.IsFinite(number))
            {
                return number.ToString("R", CultureInfo.InvariantCulture) + "d";
            }
        }
        else if (decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
        {
            return exact.ToString(CultureInfo.InvariantCulture) + "m";
        }

        document.Faults.Add(Codes.UncheckedLimit, scalar.Place, $"'{key}' is beyond the numbers that can be compared. Leave it out.");
        return null;
    }
}
