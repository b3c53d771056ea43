using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Streams;

/// <summary>
/// Describes events that only their names tell apart as a union with a field for each name, which the template renders as
/// a class that holds one of them.
/// </summary>
internal static class NamedEvents
{
    /// <summary>The name under which the event stream has an event that it gives none.</summary>
    private const string Unnamed = "message";

    private const string Events = "events";
    private const string Word = "x-union";
    private const string Value = "events";

    /// <summary>A reference to the union; null where the document does not describe events so.</summary>
    public static MapNode? Of(ApiDocument document, Operation operation, MapNode stream, MapNode media, EventSchema events)
    {
        var payloads = new Dictionary<string, Node?>(StringComparer.Ordinal);
        foreach (var arm in events.Named)
        {
            arm.Names.DefaultIfEmpty(Unnamed).ToList().ForEach(name => payloads.TryAdd(name, arm.Payload));
        }

        foreach (var entry in stream.Map(Events)?.Entries ?? [])
        {
            if ((entry.Value as MapNode)?.Text("chunk") is { } chunk && document.Schemas?.Has(chunk) == true)
            {
                payloads[entry.Key] = SchemaReference.To(chunk, entry.KeyPlace);
            }
        }

        if (payloads.Count == 0)
        {
            return null;
        }

        Tell(stream, payloads.Keys);
        // Several operations may share a response.
        return Arms(document, media["schema"]) is not null ? (MapNode)media["schema"]! : SchemaReference.To(Add(document, operation, Union(stream, payloads)), stream.Place);
    }

    /// <summary>The types of the events by their names; null where a schema is no such union.</summary>
    public static MapNode? Arms(ApiDocument document, Node? schema)
        => document.Follow(schema) is { } union && union.Text(Word) == Value ? union.Map("properties") : null;

    // Every event that has a type of its own is one that the stream knows.
    private static void Tell(MapNode stream, IEnumerable<string> names)
    {
        if (stream.Has(Events) && stream.Map(Events) is null)
        {
            return;
        }

        var known = stream.Map(Events) ?? new MapNode(stream.Place);
        foreach (var name in names.Where(name => !known.Has(name)))
        {
            known.Add(name, new MapNode(stream.Place));
        }

        stream.Set(Events, known);
    }

    private static MapNode Union(MapNode stream, Dictionary<string, Node?> payloads)
    {
        var fields = new MapNode(stream.Place);
        foreach (var (name, payload) in payloads)
        {
            var field = SchemaReference.NameOf(payload) is { } target ? SchemaReference.Wrapped(target, stream.Place) : (MapNode?)payload?.Clone() ?? new MapNode(stream.Place);
            var arm = new MapNode(stream.Place);
            arm.Add("event", ScalarNode.FromText(name, stream.Place));
            field.Set("x-arm", arm);
            fields.Add(name, field);
        }

        var union = new MapNode(stream.Place);
        union.Add("type", ScalarNode.FromText("object", stream.Place));
        union.Add("properties", fields);
        union.Add("additionalProperties", ScalarNode.FromBoolean(false, stream.Place));
        union.Add(Word, ScalarNode.FromText(Value, stream.Place));
        return union;
    }

    private static string Add(ApiDocument document, Operation operation, MapNode union)
    {
        if (document.Root.Map("components") is not { } components)
        {
            document.Root.Set("components", components = new MapNode(union.Place));
        }

        if (components.Map("schemas") is not { } schemas)
        {
            components.Set("schemas", schemas = new MapNode(union.Place));
        }

        var wanted = LiftName.Of(operation.Id ?? $"{operation.Method} {operation.Path}") + "Event";
        var name = wanted;
        for (var number = 2; schemas.Has(name); number++)
        {
            name = wanted + number;
        }

        schemas.Add(name, union);
        return name;
    }
}
