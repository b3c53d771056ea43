using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Specification;
using TogetherAI.Generator.Streams;

namespace TogetherAI.Generator.Semantics;

/// <summary>What <c>x-stream</c> says agrees with the schemas around it, so that a stream yields what it promises.</summary>
internal sealed class StreamCheck : IStep
{
    /// <summary>The fault of a <c>text</c> that is an empty list.</summary>
    public const string NoText = "'text' names no field. Name the field with the text, or remove 'text'.";

    // Every word that there is, and whether it is a list.
    private static readonly Dictionary<string, bool> Words = new()
    {
        ["flag"] = false,
        ["chunk"] = false,
        ["choices"] = false,
        ["index"] = false,
        ["text"] = true,
        ["whole"] = false,
        ["finish_reason"] = false,
        ["final"] = true,
        ["event"] = false,
        ["done"] = false,
        ["end"] = false,
        ["terminator"] = false,
        ["data"] = false,
    };

    private const string Events = "events";

    // Words that have but one value.
    private static readonly Dictionary<string, string> Only = new() { ["done"] = "required", ["end"] = "body", ["data"] = "text" };

    // What a stream of several results needs, or none of them.
    private static readonly string[] OfChoices = ["choices", "index", "text", "finish_reason", "final"];

    public void Run(ApiDocument document)
    {
        var flags = new HashSet<Node>();
        foreach (var operation in document.Operations)
        {
            if (operation.Stream is not { } stream)
            {
                continue;
            }

            Shape(document.Faults, stream);
            Flag(document, operation, stream, flags);
            var chunk = Chunk(document, operation, stream);
            Text(document, stream, chunk);
            if (stream.Map(Events) is { } events)
            {
                StreamEvents.Check(document, stream, events, chunk);
            }
        }

        Managed(document, flags);
    }

    private static void Shape(FaultList faults, MapNode stream)
    {
        foreach (var entry in stream.Entries)
        {
            if (entry.Key == Events)
            {
                if (entry.Value is not MapNode)
                {
                    faults.Add(Codes.Stream, entry.Value.Place, $"'{Events}' must be a map of event names to descriptions, not {entry.Value.Kind}.");
                }
            }
            else if (!Words.TryGetValue(entry.Key, out var isList))
            {
                faults.Add(Codes.Stream, entry.KeyPlace, $"'x-stream' has no key '{entry.Key}'.{Suggestion.For(entry.Key, Words.Keys.Append(Events).Where(word => !stream.Has(word)))}");
            }
            else if (isList ? entry.Value is not ListNode list || list.Items.Exists(static item => item is not ScalarNode { IsText: true }) : entry.Value is not ScalarNode { IsText: true })
            {
                faults.Add(Codes.Stream, entry.Value.Place, $"'{entry.Key}' must be {(isList ? "a list of strings" : "a string")}, not {entry.Value.Kind}.");
            }
            else if (entry.Key == "text" && entry.Value is ListNode { Items.Count: 0 })
            {
                faults.Add(Codes.Stream, entry.Value.Place, NoText);
            }
            else if (Only.TryGetValue(entry.Key, out var only) && stream.Text(entry.Key) != only)
            {
                faults.Add(Codes.Stream, entry.Value.Place, $"'{entry.Key}' can only be '{only}'.");
            }
        }

        if (stream.Has("choices"))
        {
            foreach (var word in OfChoices.Where(word => !stream.Has(word)))
            {
                faults.Add(Codes.Stream, stream.Place, $"'x-stream' needs the key '{word}' where it has 'choices'.");
            }
        }
        else if (!stream.Has("text") && OfChoices.FirstOrDefault(stream.Has) is { } lonely)
        {
            faults.Add(Codes.Stream, stream.Place, $"'x-stream' needs the key 'text' where it has '{lonely}'.");
        }

        if (stream.Has("data") && OfChoices.Append(Events).FirstOrDefault(stream.Has) is { } field)
        {
            faults.Add(Codes.Stream, stream.Find(field)!.KeyPlace, $"'{field}' does not go with 'data: text': plain text has no fields.");
        }

        if (stream.Has(Events) && OfChoices.FirstOrDefault(stream.Has) is { } other)
        {
            faults.Add(Codes.Stream, stream.Find(other)!.KeyPlace, $"'{other}' does not go with '{Events}': each event describes its own text.");
        }
    }

    private static void Flag(ApiDocument document, Operation operation, MapNode stream, HashSet<Node> flags)
    {
        if (stream["flag"] is not ScalarNode { IsText: true } flag)
        {
            return;
        }

        if (operation.Parameters.FirstOrDefault(parameter => parameter.In == "query" && parameter.Name == flag.Text) is { } query)
        {
            if (!StreamFlag.IsBoolean(document, query.Schema))
            {
                document.Faults.Add(Codes.Stream, flag.Place, $"The flag '{flag.Text}' must be a boolean of the query.");
            }

            return;
        }

        var request = StreamFlag.Request(operation);
        var fields = StreamFlag.Fields(document, request, flag.Text);
        if (fields.Count == 0)
        {
            document.Faults.Add(Codes.Stream, flag.Place, $"The flag '{flag.Text}' is no field of the request.{Suggestion.For(flag.Text, SchemaFields.Of(document, request).Keys)}");
        }
        else if (fields.Exists(field => !StreamFlag.IsBoolean(document, field) || !field.IsTrue("x-managed")))
        {
            document.Faults.Add(Codes.Stream, flag.Place, $"The flag '{flag.Text}' must be a boolean of the request with 'x-managed: true'.");
        }

        flags.UnionWith(fields);
    }

    // The schema of a chunk; null where there is none.
    private static Node? Chunk(ApiDocument document, Operation operation, MapNode stream)
    {
        var media = StreamMedia.Of(operation);
        var schema = (media?.Value as MapNode)?["schema"];
        if (media is null)
        {
            document.Faults.Add(Codes.Stream, stream.Place, $"{operation} has 'x-stream', but no response of {StreamMedia.EventStream} or of JSON lines ({StreamMedia.JsonLines}). List it in the content of the response, with the chunk as its schema.");
        }
        else if (schema is null && !stream.Has("chunk") && OfChoices.Append(Events).FirstOrDefault(stream.Has) is { } word)
        {
            document.Faults.Add(Codes.Stream, stream.Find(word)!.KeyPlace, $"'{word}' names fields of a chunk, which has no schema. Write it under {media.Key}, or name it with 'chunk'.");
        }

        if (stream["chunk"] is not ScalarNode { IsText: true } chunk)
        {
            return schema;
        }

        if (document.Schemas?.Has(chunk.Text) != true)
        {
            document.Faults.Add(Codes.Stream, chunk.Place, $"The chunk '{chunk.Text}' is no schema.{Suggestion.For(chunk.Text, document.Schemas?.Keys ?? [])}");
            return null;
        }

        if (document.Follow(schema) is { } written && written != document.Follow(document.Schemas[chunk.Text]))
        {
            document.Faults.Add(Codes.Stream, chunk.Place, $"The chunk '{chunk.Text}' is not the schema under {media!.Key}.");
        }

        return document.Schemas[chunk.Text];
    }

    private static void Text(ApiDocument document, MapNode stream, Node? chunk)
    {
        if (chunk is null || !stream.Has("text"))
        {
            return;
        }

        var fields = SchemaFields.Of(document, chunk);
        Names(document.Faults, "The field", stream.List("final"), fields);
        if (stream["choices"] is not ScalarNode choices)
        {
            Result(document, stream, fields, "the chunk");
            return;
        }

        if (!fields.TryGetValue(choices.Text, out var list) || document.Follow(list) is not { } results || results.Text("type") != "array")
        {
            document.Faults.Add(Codes.Stream, choices.Place, $"'{choices.Text}' is no list of the chunk{(SchemaReference.NameOf(chunk) ?? stream.Text("chunk")) switch { { } name => $" '{name}'", _ => "" }}.{Suggestion.For(choices.Text, fields.Keys)}");
            return;
        }

        Result(document, stream, SchemaFields.Of(document, results["items"]), "a result");
    }

    private static void Result(ApiDocument document, MapNode stream, Dictionary<string, Node> choice, string what)
    {
        foreach (var word in new[] { stream["index"], stream["finish_reason"] }.OfType<ScalarNode>().Where(word => !choice.ContainsKey(word.Text)))
        {
            document.Faults.Add(Codes.Stream, word.Place, $"'{word.Text}' is no field of {what}.{Suggestion.For(word.Text, choice.Keys)}");
        }

        Type(document, stream["index"] as ScalarNode, choice, "integer", "number");
        Type(document, stream["finish_reason"] as ScalarNode, choice, "string");

        foreach (var path in stream.List("text")?.Items.OfType<ScalarNode>() ?? [])
        {
            StreamPaths.Check(document, path, choice);
        }
    }

    // A field without a type may have any.
    private static void Type(ApiDocument document, ScalarNode? word, Dictionary<string, Node> choice, params string[] types)
    {
        if (word is not null && choice.TryGetValue(word.Text, out var field) && document.Follow(field)?.Text("type") is { } type && !types.Contains(type))
        {
            document.Faults.Add(Codes.Stream, word.Place, $"'{word.Text}' is a field of the type {type}; it must be {string.Join(" or ", types)}.");
        }
    }

    private static void Names(FaultList faults, string what, ListNode? names, Dictionary<string, Node> fields)
    {
        foreach (var name in names?.Items.OfType<ScalarNode>().Where(name => !fields.ContainsKey(name.Text)) ?? [])
        {
            faults.Add(Codes.Stream, name.Place, $"{what} '{name.Text}' is none of the chunk.{Suggestion.For(name.Text, fields.Keys)}");
        }
    }

    private static void Managed(ApiDocument document, HashSet<Node> flags)
    {
        foreach (var (node, type) in DocumentWalk.Objects(OpenApiTable.Of(document.Version), document.Root))
        {
            if (type == "Schema" && node.IsTrue("x-managed") && !flags.Contains(node))
            {
                document.Faults.Add(Codes.Extension, node.Find("x-managed")!.KeyPlace, "'x-managed' belongs to the field that an 'x-stream' names as its flag; no other field is set by the client.");
            }
        }
    }
}
