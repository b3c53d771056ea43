using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;
using static TogetherAI.Generator.Rendering.NodeBuilder;

namespace TogetherAI.Generator.Rendering;

/// <summary>What <c>x-stream</c> says, in literals for the template.</summary>
internal static class StreamWords
{
    private const string Events = "events";

    /// <summary>Whether a parameter asks for the stream; the client sets it.</summary>
    public static bool IsFlag(Operation operation, Parameter parameter)
        => parameter.In == "query" && operation.Stream?.Text("flag") == parameter.Name;

    public static MapNode Of(Operation operation, MapNode stream)
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
        if (operation.Parameters.FirstOrDefault(parameter => IsFlag(operation, parameter)) is { } query)
        {
            words.Add("query_flag", Text(CSharpText.Literal(query.Name)));
        }

        return words;
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
