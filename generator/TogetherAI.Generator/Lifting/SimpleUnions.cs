using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Writing;

namespace TogetherAI.Generator.Lifting;

/// <summary>Turns unions that have a simpler type into that type, and brings the others into one form: <c>oneOf</c> of schemas.</summary>
internal sealed class SimpleUnions : ILift
{
    public void Apply(LiftContext context)
    {
        foreach (var slot in SchemaWalker.Walk(context).ToList())
        {
            if (SchemaFacts.IsUnion(slot.Schema))
            {
                slot.Replace(Simplify(context, slot.Schema));
            }
        }
    }

    private static MapNode Simplify(LiftContext context, MapNode schema)
    {
        var arms = new[] { "oneOf", "anyOf" }.Select(key => schema[key]).OfType<ListNode>().First().Items.OfType<MapNode>().ToList();
        var rest = (MapNode)schema.Clone();
        rest.Remove("oneOf");
        rest.Remove("anyOf");

        // Arms that only say which fields are required: a client sends what it is told, and reads what comes.
        if (arms.TrueForAll(static arm => arm.Keys.All(static key => key is "required" or "title" or "description")))
        {
            return rest;
        }

        if (SchemaFacts.HasProperties(rest))
        {
            arms = arms.ConvertAll(arm => WithShared(context, rest, arm));
            foreach (var word in new[] { "properties", "required", "additionalProperties" })
            {
                rest.Remove(word);
            }
        }

        arms = Grouped(context, Distinct(Flatten(context, arms)));
        var resolved = arms.ConvertAll(arm => context.Resolve(arm) ?? arm);
        if (resolved.Exists(SchemaFacts.IsAny))
        {
            return Annotated(rest, new MapNode(schema.Place));
        }

        return arms is [var only] ? Single(rest, only) : Union(rest, arms, schema);
    }

    // All texts are one type, and all numbers: JSON does not tell them apart.
    private static List<MapNode> Grouped(LiftContext context, List<MapNode> arms)
    {
        foreach (var merge in new Func<MapNode, List<MapNode>, MapNode?>[] { Text, Number })
        {
            var group = arms.FindAll(arm => merge(arm, [context.Resolve(arm) ?? arm]) is not null);
            if (group.Count > 1)
            {
                var merged = merge(new MapNode(group[0].Place), group.ConvertAll(arm => context.Resolve(arm) ?? arm))!;
                arms[arms.IndexOf(group[0])] = merged;
                arms.RemoveAll(arm => group.Contains(arm));
            }
        }

        return arms;
    }

    private static MapNode WithShared(LiftContext context, MapNode shared, MapNode arm)
    {
        var whole = new MapNode(arm.Place);
        foreach (var entry in shared.Entries.Where(static entry => entry.Key is "type" or "properties" or "required" or "additionalProperties"))
        {
            whole.Add(entry.Key, entry.Value.Clone(), entry.KeyPlace);
        }

        SchemaMerger.MergeInto(whole, context.Resolve(arm) ?? arm);
        if (!whole.Has("title") && SchemaReference.NameOf(arm) is { } name)
        {
            whole.Set("title", ScalarNode.FromText(name, arm.Place));
        }

        return whole;
    }

    // The arms of a union within a union are arms of the outer one.
    private static List<MapNode> Flatten(LiftContext context, List<MapNode> arms, int depth = 0)
        => arms.SelectMany(arm => depth < 8 && (context.Resolve(arm) ?? arm) is var inner && SchemaFacts.IsUnion(inner) && !SchemaFacts.HasProperties(inner) && !context.HandWritten.Contains(SchemaReference.NameOf(arm) ?? "")
            ? Flatten(context, new[] { "oneOf", "anyOf" }.Select(key => inner[key]).OfType<ListNode>().First().Items.OfType<MapNode>().ToList(), depth + 1)
            : [arm]).ToList();

    private static List<MapNode> Distinct(List<MapNode> arms)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        return arms.FindAll(arm => known.Add(JsonNodeWriter.WriteText(arm)));
    }

    private static MapNode Single(MapNode rest, MapNode only)
    {
        rest.Remove("discriminator");
        rest.Remove("type");
        return SchemaReference.NameOf(only) is { } name ? SchemaReference.ToWith(name, rest) : Annotated(rest, only);
    }

    private static MapNode Annotated(MapNode rest, MapNode schema)
    {
        var result = (MapNode)schema.Clone();
        foreach (var entry in rest.Entries.Where(static entry => Annotations.Keys.Contains(entry.Key) || entry.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            result.Set(entry.Key, entry.Value);
        }

        return result;
    }

    // Words, and texts that may be anything, are one open set of words.
    private static MapNode? Text(MapNode rest, List<MapNode> arms)
    {
        if (!arms.TrueForAll(static arm => arm.Text("type") == "string"))
        {
            return null;
        }

        var text = new MapNode(rest.Place);
        text.Add("type", ScalarNode.FromText("string", rest.Place));
        var words = new ListNode(rest.Place);
        words.Items.AddRange(arms.Select(static arm => arm["enum"]).OfType<ListNode>().SelectMany(static list => list.Items).OfType<ScalarNode>().DistinctBy(static word => word.Text));
        if (arms.Exists(static arm => arm.Text("format") == "binary"))
        {
            text.Add("format", ScalarNode.FromText("binary", rest.Place));
        }
        else if (words.Items.Count > 0)
        {
            text.Add("enum", words);
        }

        return Annotated(rest, text);
    }

    private static MapNode? Number(MapNode rest, List<MapNode> arms)
    {
        if (!arms.TrueForAll(static arm => arm.Text("type") is "number" or "integer"))
        {
            return null;
        }

        var number = new MapNode(rest.Place);
        number.Add("type", ScalarNode.FromText(arms.TrueForAll(static arm => arm.Text("type") == "integer") ? "integer" : "number", rest.Place));
        return Annotated(rest, number);
    }

    private static MapNode Union(MapNode rest, List<MapNode> arms, MapNode schema)
    {
        var list = new ListNode(schema.Place);
        list.Items.AddRange(arms.Select(static arm => arm.Clone()));
        var union = Annotated(rest, new MapNode(schema.Place));
        union.Add("oneOf", list);
        if (rest["discriminator"] is { } discriminator)
        {
            union.Add("discriminator", discriminator);
        }

        return union;
    }
}
