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
    private static readonly string[] Limits =
        ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems"];

    private static readonly string[] EnvelopeFields = ["data", "event", "id", "retry"];

    private readonly HashSet<MapNode> _open = [];

    /// <summary>All facts of a schema and of what is in it.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="where">What it describes.</param>
    /// <param name="isRequired">Whether it must be there; null where that is no question.</param>
    public IEnumerable<ApiFact> Flatten(Node? schema, string where, bool? isRequired)
    {
        var facts = new List<ApiFact> { new(where, "exists", "yes") };
        if (isRequired is { } required)
        {
            facts.Add(new ApiFact(where, "required", required ? "yes" : "no"));
        }

        var parts = Parts(schema).ToList();
        var opened = parts.Where(_open.Add).ToList();
        var types = parts.Select(TypeOf).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (types.Count > 0)
        {
            facts.Add(new ApiFact(where, "type", string.Join(" or ", types)));
        }

        var values = parts.SelectMany(Values).Distinct().Order(StringComparer.Ordinal).ToList();
        if (values.Count > 0)
        {
            facts.Add(new ApiFact(where, "values", string.Join(", ", values)));
        }

        foreach (var limit in Limits)
        {
            if (parts.Select(part => (part[limit] as ScalarNode)?.Text).FirstOrDefault(static text => text is not null) is { } text)
            {
                facts.Add(new ApiFact(where, limit, text));
            }
        }

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
        var items = schema["items"] is { } item ? Flatten(item, where + "[]", isRequired: null).Where(fact => fact.Aspect != "exists" || fact.Where != where + "[]") : [];
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

    private static string? TypeOf(MapNode schema)
    {
        var types = schema["type"] switch
        {
            ScalarNode type => [type.Text],
            ListNode list => list.Items.OfType<ScalarNode>().Select(static type => type.Text).ToList(),
            _ => schema.Has("properties") ? ["object"] : schema.Has("items") ? ["array"] : new List<string>(),
        };
        types.Remove("null");
        return types.Count > 0 ? string.Join(" or ", types.Order(StringComparer.Ordinal)) : null;
    }

    private static IEnumerable<string> Values(MapNode schema)
        => ((schema["enum"] as ListNode)?.Items ?? []).Append(schema["const"]).OfType<ScalarNode>().Where(static value => value.ScalarKind != ScalarKind.Null).Select(static value => value.Text);
}
