using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>Merges the compositions of one document, each named schema before those that build on it.</summary>
/// <remarks>Invariant: a name in <c>_done</c> has no <c>allOf</c> any more but a wrapper's.</remarks>
internal sealed class CompositionMerger(LiftContext context)
{
    private readonly HashSet<string> _done = [];
    private readonly HashSet<string> _open = [];

    public void Run()
    {
        foreach (var name in context.Schemas.Keys.ToList())
        {
            MergeNamed(name);
        }

        foreach (var slot in SchemaWalker.Walk(context).ToList())
        {
            if (slot.Role != SchemaRole.Named && slot.Schema["allOf"] is ListNode)
            {
                slot.Replace(Merge(slot.Schema));
            }
        }
    }

    private void MergeNamed(string name)
    {
        if (_done.Contains(name) || context.HandWritten.Contains(name) || context.Schemas[name] is not MapNode schema || !_open.Add(name))
        {
            return;
        }

        if (schema["allOf"] is ListNode)
        {
            context.Schemas.Set(name, Merge(schema));
        }

        _open.Remove(name);
        _done.Add(name);
    }

    private MapNode Merge(MapNode schema)
    {
        var elements = ((ListNode)schema["allOf"]!).Items.OfType<MapNode>().ToList();
        var own = (MapNode)schema.Clone();
        own.Remove("allOf");
        // What only annotates belongs to the schema around it.
        foreach (var annotation in elements.Where(SchemaFacts.IsAny))
        {
            var added = (MapNode)annotation.Clone();
            SchemaMerger.MergeInto(added, own);
            own = added;
        }

        elements.RemoveAll(SchemaFacts.IsAny);
        // The type beside a reference says what is known already.
        if (elements.Count == 1 && own.Has("type") && own.Entries.All(static entry => entry.Key == "type" || Annotations.Keys.Contains(entry.Key)))
        {
            own.Remove("type");
        }

        if (SchemaFacts.IsAny(own) && elements is [var only] && (SchemaReference.NameOf(only) ?? SchemaReference.WrappedNameOf(only)) is { } target)
        {
            return SchemaReference.ToWith(target, own);
        }

        var merged = new MapNode(schema.Place);
        foreach (var element in elements)
        {
            AddElement(merged, element);
        }

        SchemaMerger.MergeInto(merged, own);
        return merged;
    }

    private void AddElement(MapNode merged, MapNode element)
    {
        var part = element;
        if ((SchemaReference.NameOf(element) ?? SchemaReference.WrappedNameOf(element)) is { } name)
        {
            MergeNamed(name);
            part = context.Resolve(SchemaReference.To(name, element.Place)) ?? element;
            if (SchemaReference.WrappedNameOf(part) is { } alias)
            {
                AddElement(merged, SchemaReference.To(alias, element.Place));
                return;
            }
        }
        else if (element["allOf"] is ListNode)
        {
            part = Merge(element);
        }

        var copy = (MapNode)part.Clone();
        // They describe the part alone.
        copy.Remove("title");
        copy.Remove("example");
        if (!SchemaFacts.IsUnion(copy))
        {
            copy.Remove("discriminator");
        }

        if (merged.Has("description"))
        {
            copy.Remove("description");
        }

        SchemaMerger.MergeInto(merged, copy);
    }
}
