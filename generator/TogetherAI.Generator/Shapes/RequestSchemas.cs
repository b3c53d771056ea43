using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Shapes;

/// <summary>The schemas that are sent: those of requests and parameters, with all that they refer to.</summary>
internal static class RequestSchemas
{
    public static HashSet<MapNode> Of(ApiDocument document)
    {
        var found = new HashSet<MapNode>();
        foreach (var operation in document.Operations)
        {
            foreach (var parameter in operation.Parameters)
            {
                Collect(document, parameter.Schema, found);
            }

            foreach (var content in operation.RequestBody?.Map("content")?.Entries ?? [])
            {
                Collect(document, (content.Value as MapNode)?["schema"], found);
            }

            if (operation.Node.Text(ParameterObjects.Word) is { } parameters)
            {
                Collect(document, document.Schemas?[parameters], found);
            }

            if (operation.Form is { } form)
            {
                Collect(document, document.Schemas?[form], found);
            }
        }

        return found;
    }

    private static void Collect(ApiDocument document, Node? schema, HashSet<MapNode> found)
    {
        if (schema is not MapNode)
        {
            return;
        }

        var waiting = new Stack<Node>([schema]);
        while (waiting.TryPop(out var next))
        {
            foreach (var (node, type) in DocumentWalk.Objects(OpenApiTable.Of(document.Version), next, "Schema"))
            {
                if (type == "Schema" && found.Add(node) && node.Text("$ref") is { } reference && document.Find(reference) is MapNode target && !found.Contains(target))
                {
                    waiting.Push(target);
                }
            }
        }
    }
}
