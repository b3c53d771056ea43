using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Writing;

namespace TogetherAI.Generator.Streams;

/// <summary>
/// Reads what the schema under a stream's media type describes. Documents describe the data of an event, or the event
/// itself as an object of <c>data</c>, <c>event</c>, <c>id</c> and <c>retry</c>, or several of either, of which one may be
/// the text that ends the stream.
/// </summary>
internal sealed class EventSchemaReader(ApiDocument document)
{
    private const int MaxDepth = 16;
    private const string SpeakeasyTerminator = "x-speakeasy-sse-sentinel";

    private static readonly string[] FieldsOfEvents = ["data", "event", "id", "retry", "comment"];

    public EventSchema Read(MapEntry media)
    {
        var type = (MapNode)media.Value;
        var schema = type["itemSchema"] ?? Items(type["schema"]);
        var arms = Arms(schema, media.Key, isStrict: true);
        if (arms.Exists(static arm => arm is { IsEnvelope: true, Names.Count: > 0 }))
        {
            // Where some are events with a name, those that look like it are, whatever else they have.
            arms = Arms(schema, media.Key, isStrict: false);
        }

        var terminator = type.Text(SpeakeasyTerminator) ?? (schema as MapNode)?.Text(SpeakeasyTerminator) ?? arms.Find(static arm => arm.Terminator is not null)?.Terminator;
        var isPlain = arms.TrueForAll(static arm => !arm.IsEnvelope && arm.Terminator is null);
        arms.RemoveAll(static arm => arm.Terminator is not null);
        if (isPlain)
        {
            return new EventSchema(schema, IsText: false, terminator, []);
        }

        if (AreToldByName(arms))
        {
            return new EventSchema(null, IsText: false, terminator, arms);
        }

        var payloads = arms.DistinctBy(static arm => arm.Payload is { } payload ? JsonNodeWriter.WriteText(payload) : "").ToList();
        return payloads switch
        {
            [] => new EventSchema(null, IsText: false, terminator, []),
            [var only] => new EventSchema(only.Payload, only.IsText, terminator, []),
            _ => new EventSchema(Union(schema!, payloads), IsText: false, terminator, []),
        };
    }

    // Whether events have several names, and nothing else says which of them an event is.
    private bool AreToldByName(List<EventArm> arms)
        => arms.Count(static arm => arm.Names.Count == 0) <= 1
            && arms.Sum(static arm => Math.Max(arm.Names.Count, 1)) > 1
            && !(arms is [var only] ? IsUnion(only.Payload) : AreToldApart(arms));

    private bool IsUnion(Node? payload) => document.Follow(payload) is { } schema && (schema.Has("oneOf") || schema.Has("anyOf"));

    // OpenAPI 3.2, Media Type Object: a schema describes a sequence as a list of its items.
    private Node? Items(Node? schema)
        => document.Follow(schema) is { } list && list.Text("type") == "array" ? list["items"] : schema;

    private List<EventArm> Arms(Node? schema, string mediaType, bool isStrict)
    {
        var arms = new List<EventArm>();
        Collect(schema, [], (found, inner, fields) => arms.AddRange(ArmsOf(found, inner, fields, StreamMedia.IsEventStream(mediaType), isStrict)), MaxDepth);
        return arms;
    }

    private void Collect(Node? node, Dictionary<string, Node> shared, Action<Node, MapNode, Dictionary<string, Node>> add, int depth)
    {
        if (document.Follow(node) is not { } schema || IsNull(schema) || depth == 0)
        {
            return;
        }

        if (schema.List("allOf") is { Items: [var only] } && !schema.Has("properties"))
        {
            Collect(only, shared, add, depth - 1);
        }
        else if ((schema.List("oneOf") ?? schema.List("anyOf")) is { } union)
        {
            var fields = schema.Map("properties")?.Entries.ToDictionary(static field => field.Key, static field => field.Value, StringComparer.Ordinal) ?? [];
            foreach (var field in shared)
            {
                fields.TryAdd(field.Key, field.Value);
            }

            union.Items.ForEach(arm => Collect(arm, fields, add, depth - 1));
        }
        else
        {
            add(node!, schema, shared);
        }
    }

    private static bool IsNull(MapNode schema) => schema["type"] is ScalarNode { Text: "null" };

    private IEnumerable<EventArm> ArmsOf(Node node, MapNode schema, Dictionary<string, Node> shared, bool isEventStream, bool isStrict)
    {
        if (Texts(schema) is [var constant] && IsTerminator(constant))
        {
            return [new EventArm(null, [], Terminator: constant)];
        }

        var fields = SchemaFields.Of(document, schema);
        foreach (var field in shared)
        {
            fields.TryAdd(field.Key, field.Value);
        }

        if (!isEventStream || !IsEnvelope(schema, fields, isStrict))
        {
            return [new EventArm(node, [])];
        }

        var names = fields.TryGetValue("event", out var name) && document.Follow(name) is { } words ? Texts(words) : [];
        return ArmsOfData(fields.GetValueOrDefault("data"), names);
    }

    // The data may be one of several, of which one is the text that ends the stream.
    private IEnumerable<EventArm> ArmsOfData(Node? data, List<string> names)
    {
        var schema = document.Follow(data);
        var arms = new List<EventArm>();
        Collect(data, [], (found, inner, _) => arms.Add(new EventArm(found, names, IsEnvelope: true, Terminator: TerminatorOf(inner, names))), MaxDepth);
        var rest = arms.FindAll(static arm => arm.Terminator is null);
        return rest.Count == arms.Count ? [new EventArm(Payload(data, schema), names, IsEnvelope: true, IsText: IsText(schema))]
            : rest is [] or [_] ? arms
            : arms.Except(rest).Append(new EventArm(Union(data!, rest), names, IsEnvelope: true));
    }

    // Data of a named event that is a word, such as a state, is that event's and no end.
    private static string? TerminatorOf(MapNode schema, List<string> names)
        => Texts(schema) is [var text] && IsTerminator(text) && (names.Count == 0 || text.StartsWith('[')) ? text : null;

    private bool IsEnvelope(MapNode schema, Dictionary<string, Node> fields, bool isStrict)
    {
        var isNamed = fields.TryGetValue("event", out var name) && document.Follow(name) is { } words && Texts(words).Count > 0;
        return isStrict
            ? schema["additionalProperties"] is not MapNode && fields.Keys.All(FieldsOfEvents.Contains) && (fields.ContainsKey("data") || isNamed)
            : fields.ContainsKey("data") || isNamed;
    }

    // Any other text that data may be is an event like others: taken for the end, it would cut the stream short.
    private static bool IsTerminator(string text)
        => text is ['[', .., ']'] || text.ToUpperInvariant() is "DONE" or "END" or "EOF";

    private static Node? Payload(Node? data, MapNode? schema)
        => schema is not null && IsEncoded(schema) ? schema["contentSchema"] : data;

    // The data is a text to the event stream; that text may be JSON.
    private static bool IsEncoded(MapNode schema)
        => schema.Has("contentSchema") || (schema.Text("contentMediaType") is { } mediaType && MediaTypes.IsJson(mediaType));

    private static bool IsText(MapNode? schema)
        => schema is not null && schema["type"] is ScalarNode { Text: "string" } && !IsEncoded(schema);

    private static List<string> Texts(MapNode schema)
        => schema["const"] is ScalarNode { IsText: true } constant ? [constant.Text]
            : schema.List("enum") is { } words && words.Items.TrueForAll(static word => word is ScalarNode { IsText: true }) ? [.. words.Texts]
            : [];

    // Whether a field of theirs has another value in each of them.
    private bool AreToldApart(List<EventArm> arms)
    {
        var constants = arms.ConvertAll(arm => SchemaFields.Of(document, arm.Payload)
            .Select(field => (field.Key, Values: document.Follow(field.Value) is { } schema ? Texts(schema) : []))
            .Where(static field => field.Values.Count == 1)
            .ToDictionary(static field => field.Key, static field => field.Values[0], StringComparer.Ordinal));
        return constants[0].Keys.Any(field => constants.TrueForAll(arm => arm.ContainsKey(field)) && constants.Select(arm => arm[field]).Distinct().Count() == arms.Count);
    }

    private static MapNode Union(Node schema, List<EventArm> payloads)
    {
        var union = new MapNode(schema.Place);
        var arms = new ListNode(schema.Place);
        arms.Items.AddRange(payloads.Select(arm => arm.Payload ?? new MapNode(schema.Place)));
        union.Add("oneOf", arms);
        if ((schema as MapNode)?["discriminator"] is { } discriminator && payloads.TrueForAll(static arm => !arm.IsEnvelope))
        {
            union.Add("discriminator", discriminator);
        }

        return union;
    }
}
