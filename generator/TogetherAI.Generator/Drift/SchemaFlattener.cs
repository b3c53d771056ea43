using System.Globalization;
using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Drift;

/// <summary>
/// Says in single facts what a schema says, with references, compositions and alternatives resolved: two documents that
/// mean the same give the same facts.
/// </summary>
internal sealed class SchemaFlattener(MapNode root)
{
    private static readonly string[] EnvelopeFields = ["data", "event", "id", "retry"];

    private readonly HashSet<MapNode> _open = [];

    /// <summary>All facts of a schema and of what is in it.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="where">What it describes.</param>
    /// <param name="isRequired">Whether it must be there; null where that is no question.</param>
    public IEnumerable<ApiFact> Flatten(Node? schema, string where, bool? isRequired)
    {
        var facts = new List<ApiFact> { new(where, Aspects.Exists, "yes") };
        if (isRequired is { } required)
        {
            facts.Add(new ApiFact(where, Aspects.Required, required ? "yes" : "no"));
        }

        var parts = Parts(schema).ToList();
        var opened = parts.Where(_open.Add).ToList();
        facts.AddRange(parts.SelectMany(TypesOf).DefaultIfEmpty(Aspects.Any).Select(type => new ApiFact(where, Aspects.Type, type)));
        facts.AddRange(parts.SelectMany(Values).Select(value => new ApiFact(where, Aspects.Value, value.Text)));
        facts.AddRange(parts.SelectMany(SchemaLimits.Of).Select(limit => new ApiFact(where, limit.Word, limit.Value)));
        foreach (var part in opened)
        {
            facts.AddRange(Inside(part, where, parts));
        }

        opened.ForEach(part => _open.Remove(part));
        return facts;
    }

    /// <summary>What an event of a stream carries: the schema itself, or that of <c>data</c> where the schema describes the event.</summary>
    public Node? Payload(Node? schema)
    {
        foreach (var part in Parts(schema))
        {
            if (part["properties"] is MapNode { Entries.Count: > 0 } fields && fields.Has("data") && fields.Keys.All(EnvelopeFields.Contains)
                && Parts(fields["data"]).FirstOrDefault(static data => data["properties"] is MapNode) is { } payload)
            {
                return payload;
            }
        }

        return schema;
    }

    private IEnumerable<ApiFact> Inside(MapNode schema, string where, List<MapNode> parts)
    {
        var objects = parts.FindAll(SchemaFacts.HasProperties);
        // In a composition another part may require the field; of alternatives each must.
        bool IsRequired(string field) => parts.Exists(SchemaFacts.IsUnion) ? objects.TrueForAll(part => Required(part).Contains(field)) : parts.Exists(part => Required(part).Contains(field));
        var fields = ((schema["properties"] as MapNode)?.Entries ?? []).SelectMany(field => Flatten(field.Value, $"{where}.{field.Key}", IsRequired(field.Key)));
        var items = schema["items"] is { } item ? Flatten(item, where + "[]", isRequired: null).Where(fact => fact.Aspect != Aspects.Exists || fact.Where != where + "[]") : [];
        var values = schema["additionalProperties"] is MapNode { Entries.Count: > 0 } value ? Flatten(value, where + ".*", isRequired: null) : [];
        return fields.Concat(items).Concat(values);
    }

    // The schemas that describe a value: what a reference leads to, all parts of a composition, each alternative.
    private IEnumerable<MapNode> Parts(Node? node, int depth = 0)
    {
        const int MaxDepth = 32;
        if (node is not MapNode schema || depth > MaxDepth)
        {
            yield break;
        }

        if (schema.Text("$ref") is { } pointer)
        {
            foreach (var part in Parts(JsonPointer.Find(root, pointer), depth + 1))
            {
                yield return part;
            }

            yield break;
        }

        yield return schema;
        foreach (var part in new[] { "allOf", "oneOf", "anyOf" }.Select(key => schema[key]).OfType<ListNode>().SelectMany(static list => list.Items).SelectMany(item => Parts(item, depth + 1)))
        {
            yield return part;
        }
    }

    private static IEnumerable<string> Required(MapNode schema) => ((schema["required"] as ListNode)?.Items ?? []).OfType<ScalarNode>().Select(static name => name.Text);

    private static List<string> TypesOf(MapNode schema)
    {
        var types = schema["type"] switch
        {
            ScalarNode type => [type.Text],
            ListNode list => list.Texts.ToList(),
            _ when schema.Has("properties") => ["object"],
            _ when schema.Has("items") => ["array"],
            _ => Values(schema).Select(TypeOf).ToList(),
        };
        types.Remove("null");
        return types;
    }

    private static string TypeOf(ScalarNode value) => value.ScalarKind switch
    {
        ScalarKind.Boolean => "boolean",
        ScalarKind.Number => long.TryParse(value.Text, CultureInfo.InvariantCulture, out _) ? "integer" : "number",
        _ => "string",
    };

    private static IEnumerable<ScalarNode> Values(MapNode schema)
        => (schema.List("enum")?.Items ?? []).Append(schema["const"]).OfType<ScalarNode>().Where(static value => !value.IsNull);
}
