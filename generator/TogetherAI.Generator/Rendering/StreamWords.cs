using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Shapes;
using static TogetherAI.Generator.Rendering.NodeBuilder;

namespace TogetherAI.Generator.Rendering;

/// <summary>What <c>x-stream</c> says, in literals for the template.</summary>
internal static class StreamWords
{
    private const string Events = "events";

    /// <summary>Whether a parameter asks for the stream; the client sets it.</summary>
    public static bool IsFlag(Operation operation, Parameter parameter)
        => parameter.In == "query" && operation.Stream?.Text("flag") == parameter.Name;

    public static MapNode Of(ApiDocument document, Operation operation, MapNode stream)
    {
        var words = (MapNode)Literals(stream);
        words.Remove(Events);
        if (stream.Map(Events) is { } events)
        {
            words.Add(Events, List(events.Entries.Select(static entry => Map(((MapNode)Literals(entry.Value)).Entries
                .Where(static word => word.Value is not ScalarNode { ScalarKind: ScalarKind.Boolean } flag || flag.IsTrue)
                .Select(static word => (word.Key, (Node?)word.Value))
                .Prepend(("name", Text(CSharpText.Literal(entry.Key))))))));
        }

        Flag(words, "requires_done", stream.Has("done"));
        Flag(words, "completes_at_end", stream.Has("end"));
        Flag(words, "json_lines", operation.Node.Has("x-json-lines"));
        Flag(words, "is_text", stream.Has("data"));
        Flag(words, "is_raw", ClassOf(document, operation) is not { } chunk || (document.Schemas?[chunk] as MapNode)?.Has("x-union") == true);
        Flag(words, "is_open", Shape.Of(document, operation.Node["x-chunk"]).Kind is ShapeKind.Any or ShapeKind.Text && !stream.Has("data"));
        if (operation.Parameters.FirstOrDefault(parameter => IsFlag(operation, parameter)) is { } query)
        {
            words.Add("query_flag", Text(CSharpText.Literal(query.Name)));
        }

        return words;
    }

    /// <summary>The methods that the templates write.</summary>
    /// <param name="document">The document, lifted.</param>
    /// <param name="names">Its names.</param>
    /// <param name="operation">An operation that streams.</param>
    /// <param name="methods">Their names.</param>
    /// <param name="summary">What the operation does, as text for a comment.</param>
    public static MapNode Methods(ApiDocument document, DocumentNames names, Operation operation, StreamMethods methods, string summary)
    {
        var stream = operation.Stream!;
        var isText = stream.Has("data");
        var hasTokens = isText || stream.Has("text") || (stream.Map(Events)?.Entries.Any(static entry => (entry.Value as MapNode)?.Has("text") == true) ?? false);
        var chunk = ClassOf(document, operation);
        return Map(
            ("summary", Text(summary.TrimEnd() is var text && text.Length > 0 && char.IsLetterOrDigit(text[^1]) ? text + "." : text)),
            ("bytes", Text(methods.Bytes)),
            ("chunks", isText ? null : Text(methods.Chunks)),
            ("tokens", hasTokens ? Text(methods.Tokens) : null),
            ("chunk", Text(chunk is null ? "global::Newtonsoft.Json.Linq.JToken" : names.TypeOf(chunk))),
            ("isNamed", chunk is not null && (document.Schemas?[chunk] as MapNode)?.Text("x-union") == Events ? True : null),
            ("lines", operation.Node.Has("x-json-lines") ? True : null));
    }

    // The schema of the chunks where it has a class; null where a chunk may be any JSON.
    private static string? ClassOf(ApiDocument document, Operation operation)
    {
        var chunk = operation.Node["x-chunk"];
        var name = SchemaReference.NameOf(chunk) ?? SchemaReference.WrappedNameOf(chunk);
        return Shape.Of(document, chunk).Kind is ShapeKind.Object or ShapeKind.HandWritten ? name : null;
    }

    private static void Flag(MapNode words, string name, bool isSet)
    {
        if (isSet)
        {
            words.Add(name, True);
        }
    }

    // Every word of the description becomes a literal where it stands.
    private static Node Literals(Node node) => node switch
    {
        MapNode map => Map(map.Entries.Select(static entry => (entry.Key, (Node?)Literals(entry.Value)))),
        ListNode list => List(list.Items.Select(Literals)),
        ScalarNode { IsText: true } text => Text(CSharpText.Literal(text.Text)),
        _ => node,
    };
}
