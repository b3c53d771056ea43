using System.Globalization;
using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Shapes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Semantics;

/// <summary>Schemas do not contradict themselves: required fields, sets of values, limits, discriminators.</summary>
internal sealed class SchemaCheck : IStep
{
    private static readonly string[] Compositions = ["allOf", "oneOf", "anyOf"];

    // What is said under these belongs to the schema around them.
    private static readonly string[] Parts = ["not", "if", "then", "else"];

    private static readonly (string Minimum, string Maximum)[] Bounds =
        [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")];

    public void Run(ApiDocument document)
    {
        var schemas = DocumentWalk.Objects(OpenApiTable.Of(document.Version), document.Root)
            .Where(static found => found.Type == "Schema")
            .Select(static found => found.Node)
            .ToList();
        var owners = OwnersOf(schemas);
        foreach (var schema in schemas)
        {
            Required(document, schema, owners);
            Enumeration(document, schema);
            Limits(document.Faults, schema);
            Discriminator(document, schema);
            if (schema.Text("type") == "array" && !schema.Has("items") && document.Version == OpenApiVersion.V30)
            {
                document.Faults.Add(Codes.MissingKey, schema.Place, "A Schema of the type array needs the key 'items'.");
            }
        }
    }

    private static Dictionary<MapNode, MapNode> OwnersOf(IEnumerable<MapNode> schemas)
    {
        var owners = new Dictionary<MapNode, MapNode>();
        foreach (var schema in schemas)
        {
            foreach (var part in PartsOf(schema).Concat(Parts.Select(schema.Map).OfType<MapNode>()).Concat(schema.Map("dependentSchemas")?.Entries.Select(static entry => entry.Value).OfType<MapNode>() ?? []))
            {
                owners.TryAdd(part, schema);
            }
        }

        return owners;
    }

    private static IEnumerable<MapNode> PartsOf(MapNode schema)
        => Compositions.SelectMany(key => schema.List(key)?.Maps ?? []);

    private static void Required(ApiDocument document, MapNode schema, Dictionary<MapNode, MapNode> owners)
    {
        if (schema.List("required") is not { } required)
        {
            return;
        }

        var outermost = schema;
        while (owners.TryGetValue(outermost, out var owner))
        {
            outermost = owner;
        }

        var fields = new HashSet<string>(StringComparer.Ordinal);
        if (!Collect(document, outermost, fields, []))
        {
            return;
        }

        foreach (var name in required.Items.OfType<ScalarNode>().Where(name => !fields.Contains(name.Text)))
        {
            document.Faults.Add(
                Codes.RequiredField,
                name.Place,
                $"'{name.Text}' is required, but is no field of the schema.{Suggestion.For(name.Text, fields)}");
        }
    }

    // False where fields are not listed, but described by a pattern or by a schema for any of them.
    private static bool Collect(ApiDocument document, MapNode schema, HashSet<string> fields, HashSet<MapNode> seen)
    {
        if (document.Follow(schema) is not { } target || !seen.Add(target))
        {
            return true;
        }

        fields.UnionWith(target.Map("properties")?.Keys ?? []);
        var isListed = target["additionalProperties"] is not MapNode && !target.Has("patternProperties");
        return PartsOf(target)
            .Concat(Parts.Select(target.Map).OfType<MapNode>())
            .Concat(schema == target ? [] : PartsOf(schema))
            .Aggregate(isListed, (all, part) => Collect(document, part, fields, seen) && all);
    }

    private static void Enumeration(ApiDocument document, MapNode schema)
    {
        if (schema.List("enum") is not { } values)
        {
            return;
        }

        if (values.Items.Count == 0)
        {
            document.Faults.Add(Codes.Enumeration, values.Place, "The list 'enum' is empty, so that no value is valid. List the values, or leave it out.");
        }

        var types = TypesOf(schema);
        var known = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var value in values.Items.OfType<ScalarNode>())
        {
            if (!known.TryAdd($"{value.ScalarKind} {value.Text}", value.Place))
            {
                document.Faults.Add(Codes.Enumeration, value.Place, $"The value '{value.Text}' is already at line {known[$"{value.ScalarKind} {value.Text}"].Line}. Remove one of them.");
            }

            if (types.Count > 0 && !value.IsNull && !types.Exists(type => IsOf(value, type)))
            {
                var hint = types.Contains("string") ? " Put it in quotation marks." : "";
                document.Faults.Add(Codes.Enumeration, value.Place, $"The value {value.Text} is {value.Kind}, but the schema's type is {string.Join(" or ", types)}.{hint}");
            }
        }
    }

    private static List<string> TypesOf(MapNode schema) => schema["type"] switch
    {
        ScalarNode { IsText: true } one => [one.Text],
        ListNode several => [.. several.Texts],
        _ => [],
    };

    private static bool IsOf(ScalarNode value, string type) => type switch
    {
        "string" => value.IsText,
        "boolean" => value.ScalarKind == ScalarKind.Boolean,
        "integer" or "number" => value.IsNumber,
        _ => false,
    };

    private static void Limits(FaultList faults, MapNode schema)
    {
        foreach (var (minimum, maximum) in Bounds)
        {
            if (Number(schema[minimum]) is { } low && Number(schema[maximum]) is { } high && low > high)
            {
                faults.Add(Codes.ImpossibleLimit, schema.Find(minimum)!.KeyPlace, $"'{minimum}' is greater than '{maximum}', so that no value is valid.");
            }
        }

        Exclusive(faults, schema);
        if (Number(schema["multipleOf"]) is <= 0)
        {
            faults.Add(Codes.ImpossibleLimit, schema["multipleOf"]!.Place, "'multipleOf' must be greater than 0.");
        }

        if (schema["pattern"] is ScalarNode { IsText: true } pattern && EcmaPattern.Fault(pattern.Text) is { } fault)
        {
            faults.Add(Codes.ImpossibleLimit, pattern.Place, $"The pattern is invalid: {fault}");
        }
    }

    // In 3.0 a boolean that excludes the limit beside it, from 3.1 on a limit of its own.
    private static void Exclusive(FaultList faults, MapNode schema)
    {
        var above = schema.IsTrue("exclusiveMinimum") ? Number(schema["minimum"]) : Number(schema["exclusiveMinimum"]);
        var below = schema.IsTrue("exclusiveMaximum") ? Number(schema["maximum"]) : Number(schema["exclusiveMaximum"]);
        if (above is not null && above >= (below ?? Number(schema["maximum"])))
        {
            var maximum = below is null ? "maximum" : "exclusiveMaximum";
            faults.Add(Codes.ImpossibleLimit, schema.Find("exclusiveMinimum")!.KeyPlace, $"No value is valid that is greater than 'exclusiveMinimum' and within '{maximum}'.");
        }
        else if (below is not null && Number(schema["minimum"]) >= below)
        {
            faults.Add(Codes.ImpossibleLimit, schema.Find("exclusiveMaximum")!.KeyPlace, "No value is valid that is at least 'minimum' and less than 'exclusiveMaximum'.");
        }
    }

    private static double? Number(Node? node)
        => node is ScalarNode { IsNumber: true } scalar && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Discriminator(ApiDocument document, MapNode schema)
    {
        if (schema.Map("discriminator") is not { } discriminator || discriminator["propertyName"] is not ScalarNode { IsText: true } field)
        {
            return;
        }

        foreach (var key in new[] { "oneOf", "anyOf" })
        {
            foreach (var part in schema.List(key)?.Maps ?? [])
            {
                var fields = new HashSet<string>(StringComparer.Ordinal);
                if (document.Follow(part) is { } arm && Collect(document, part, fields, []) && !fields.Contains(field.Text) && arm.Text("type") != "null")
                {
                    document.Faults.Add(
                        Codes.Discriminator,
                        part.Find("$ref")?.Value.Place ?? part.Place,
                        $"The discriminator '{field.Text}' is no field of this schema.{Suggestion.For(field.Text, fields)}");
                }
            }
        }
    }
}
