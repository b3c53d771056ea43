using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Writing;

namespace TogetherAI.Generator.Lifting;

/// <summary>
/// Brings what an operation may report as success together: several JSON schemas become one of several types. It runs
/// before schemas are named.
/// </summary>
internal sealed class WholeResponses : ILift
{
    public void Apply(LiftContext context)
    {
        foreach (var operation in Operations.All(context.Root))
        {
            if (operation.Node["responses"] is MapNode responses)
            {
                Unite(context, responses);
            }
        }
    }

    /// <summary>The responses with success, the most specific first; <c>default</c> counts where there is no other.</summary>
    public static List<MapEntry> Successes(MapNode responses)
    {
        var successes = responses.Entries.Where(static entry => entry.Key.StartsWith('2')).OrderBy(static entry => entry.Key, StringComparer.Ordinal).ToList();
        return successes.Count > 0 ? successes : responses.Entries.Where(static entry => entry.Key == "default").ToList();
    }

    private static void Unite(LiftContext context, MapNode responses)
    {
        var types = new List<MapNode>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Successes(responses))
        {
            var response = entry.Value is MapNode map && map.Text("$ref") is { } pointer ? JsonPointer.Find(context.Root, pointer) as MapNode : entry.Value as MapNode;
            foreach (var media in ((response?["content"] as MapNode)?.Entries ?? []).Where(static media => MediaTypes.IsJson(media.Key)))
            {
                if ((media.Value as MapNode)?["schema"] is MapNode schema && !MediaTypes.IsBinary(schema) && known.Add(JsonNodeWriter.WriteText(schema)))
                {
                    types.Add((MapNode)media.Value);
                }
            }
        }

        if (types.Count < 2)
        {
            return;
        }

        var union = new MapNode(types[0].Place);
        var arms = new ListNode(types[0].Place);
        arms.Items.AddRange(types.Select(static type => type["schema"]!.Clone()));
        union.Add("oneOf", arms);
        types[0].Set("schema", union);
        types.Skip(1).ToList().ForEach(static type => type.Remove("schema"));
    }
}
