using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Semantics;

/// <summary>What <c>x-stream</c> says agrees with the schemas around it, so that a stream yields what it promises.</summary>
internal sealed class StreamCheck : IStep
{
    private const string EventStream = "text/event-stream";

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
    };

    // What a stream of text needs, or none of them.
    private static readonly string[] OfText = ["choices", "index", "text", "finish_reason", "final"];

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
            Chunk(document, operation, stream);
            Text(document, stream);
        }

        Managed(document, flags);
    }

    private static void Shape(FaultList faults, MapNode stream)
    {
        foreach (var entry in stream.Entries)
        {
            if (!Words.TryGetValue(entry.Key, out var isList))
            {
                faults.Add(Codes.Stream, entry.KeyPlace, $"'x-stream' has no word '{entry.Key}'.{Suggestion.For(entry.Key, Words.Keys.Where(word => !stream.Has(word)))}");
            }
            else if (isList ? entry.Value is not ListNode list || list.Items.Exists(static item => item is not ScalarNode { IsText: true }) : entry.Value is not ScalarNode { IsText: true })
            {
                faults.Add(Codes.Stream, entry.Value.Place, $"'{entry.Key}' must be {(isList ? "a list of texts" : "a text")}, not {entry.Value.Kind}.");
            }
        }

        if (!stream.Has("chunk"))
        {
            faults.Add(Codes.Stream, stream.Place, "'x-stream' needs the word 'chunk', the schema of one event.");
        }

        if (OfText.Any(stream.Has))
        {
            foreach (var word in OfText.Where(word => !stream.Has(word)))
            {
                faults.Add(Codes.Stream, stream.Place, $"'x-stream' needs the word '{word}' where it has another one of {string.Join(", ", OfText)}.");
            }
        }
    }

    private static void Flag(ApiDocument document, Operation operation, MapNode stream, HashSet<Node> flags)
    {
        if (stream["flag"] is not ScalarNode { IsText: true } flag)
        {
            return;
        }

        var request = operation.RequestBody?.Map("content")?.Map("application/json")?["schema"];
        var fields = SchemaFields.Of(document, request);
        if (!fields.TryGetValue(flag.Text, out var field))
        {
            document.Faults.Add(Codes.Stream, flag.Place, $"The flag '{flag.Text}' is no field of the request.{Suggestion.For(flag.Text, fields.Keys)}");
        }
        else if (field is not MapNode schema || document.Follow(schema)?.Text("type") != "boolean" || !schema.IsTrue("x-managed"))
        {
            document.Faults.Add(Codes.Stream, flag.Place, $"The flag '{flag.Text}' must be a boolean of the request with 'x-managed: true'.");
        }

        if (field is not null)
        {
            flags.Add(field);
        }
    }

    private static void Chunk(ApiDocument document, Operation operation, MapNode stream)
    {
        if (stream["chunk"] is not ScalarNode { IsText: true } chunk)
        {
            return;
        }

        if (document.Schemas?.Has(chunk.Text) != true)
        {
            document.Faults.Add(Codes.Stream, chunk.Place, $"The chunk '{chunk.Text}' is no schema.{Suggestion.For(chunk.Text, document.Schemas?.Keys ?? [])}");
            return;
        }

        if (operation.Success?.Response.Map("content")?.Map(EventStream) is not { } events)
        {
            document.Faults.Add(Codes.Stream, stream.Place, $"{operation} has 'x-stream', but no response of {EventStream}. List it in the content of the response, with the chunk as its schema.");
        }
        else if (document.Follow(events["schema"]) is { } schema && schema != document.Follow(document.Schemas![chunk.Text]))
        {
            document.Faults.Add(Codes.Stream, chunk.Place, $"The chunk '{chunk.Text}' is not the schema under {EventStream}.");
        }
    }

    private static void Text(ApiDocument document, MapNode stream)
    {
        if (stream.Text("chunk") is not { } name || document.Schemas?[name] is not MapNode chunk || stream["choices"] is not ScalarNode choices)
        {
            return;
        }

        var fields = SchemaFields.Of(document, chunk);
        Names(document.Faults, "The field", stream.List("final"), fields);
        if (!fields.TryGetValue(choices.Text, out var list) || document.Follow(list) is not { } results || results.Text("type") != "array")
        {
            document.Faults.Add(Codes.Stream, choices.Place, $"'{choices.Text}' is no list of the chunk '{name}'.{Suggestion.For(choices.Text, fields.Keys)}");
            return;
        }

        var choice = SchemaFields.Of(document, results["items"]);
        foreach (var word in new[] { stream["index"], stream["finish_reason"] }.OfType<ScalarNode>().Where(word => !choice.ContainsKey(word.Text)))
        {
            document.Faults.Add(Codes.Stream, word.Place, $"'{word.Text}' is no field of a result.{Suggestion.For(word.Text, choice.Keys)}");
        }

        foreach (var path in stream.List("text")?.Items.OfType<ScalarNode>() ?? [])
        {
            Path(document, path, choice);
        }
    }

    private static void Names(FaultList faults, string what, ListNode? names, Dictionary<string, Node> fields)
    {
        foreach (var name in names?.Items.OfType<ScalarNode>().Where(name => !fields.ContainsKey(name.Text)) ?? [])
        {
            faults.Add(Codes.Stream, name.Place, $"{what} '{name.Text}' is none of the chunk.{Suggestion.For(name.Text, fields.Keys)}");
        }
    }

    private static void Path(ApiDocument document, ScalarNode path, Dictionary<string, Node> fields)
    {
        var names = path.Text.Split('/');
        if (names.Length > 2)
        {
            document.Faults.Add(Codes.Stream, path.Place, $"The text is at '{path.Text}', but a path has one name or two.");
            return;
        }

        Node? field = null;
        foreach (var name in names)
        {
            if (!fields.TryGetValue(name, out field))
            {
                document.Faults.Add(Codes.Stream, path.Place, $"The path '{path.Text}' leads nowhere: there is no field '{name}'.{Suggestion.For(name, fields.Keys)}");
                return;
            }

            fields = SchemaFields.Of(document, field);
        }

        if (document.Follow(field)?.Text("type") is { } type and not "string")
        {
            document.Faults.Add(Codes.Stream, path.Place, $"The path '{path.Text}' leads to a field of the type {type}; a text is a string.");
        }
    }

    private static void Managed(ApiDocument document, HashSet<Node> flags)
    {
        foreach (var (node, type) in DocumentWalk.Objects(OpenApiTable.Of(document.Version), document.Root))
        {
            if (type == "Schema" && node.IsTrue("x-managed") && !flags.Contains(node))
            {
                document.Faults.Add(Codes.Extension, node.Find("x-managed")!.KeyPlace, "'x-managed' belongs to the field that an 'x-stream' names as its flag; nobody else sets it.");
            }
        }
    }
}
