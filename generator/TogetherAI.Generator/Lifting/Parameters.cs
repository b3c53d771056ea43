using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>
/// Says of every parameter how its values are written, where NSwag does not tell the template: lists that are joined,
/// values that are JSON.
/// </summary>
internal sealed class Parameters : ILift
{
    // OpenAPI 3.0, Parameter Object: header parameters of these names are ignored; media types and security say them.
    private static readonly string[] Ignored = ["accept", "content-type", "authorization"];

    public void Apply(LiftContext context)
    {
        foreach (var operation in Operations.All(context.Root))
        {
            foreach (var holder in new[] { operation.Item, operation.Node })
            {
                if (holder["parameters"] is ListNode list)
                {
                    list.Items.RemoveAll(static parameter => parameter is MapNode map && map.Text("in") == "header" && Ignored.Contains(map.Text("name")?.ToLowerInvariant()));
                    list.Items.OfType<MapNode>().ToList().ForEach(parameter => Describe(context, parameter));
                }
            }
        }
    }

    private static void Describe(LiftContext context, MapNode parameter)
    {
        if (parameter["content"] is MapNode { Entries: [{ Value: MapNode media }, ..] } content)
        {
            parameter.Remove("content");
            parameter.Set("schema", media["schema"] ?? new MapNode(content.Place));
            parameter.Set("x-json", ScalarNode.FromBoolean(true, content.Place));
            return;
        }

        var schema = context.Unwrap(parameter["schema"]);
        if (schema?.Text("type") == "array" && Separator(parameter) is { } separator)
        {
            parameter.Set("x-separator", ScalarNode.FromText(separator, parameter.Place));
            parameter.Remove("style");
            parameter.Remove("explode");
        }
    }

    // Null where each item is a parameter of its own.
    private static string? Separator(MapNode parameter)
    {
        var place = parameter.Text("in");
        var style = parameter.Text("style") ?? (place is "query" or "cookie" ? "form" : "simple");
        var explode = parameter["explode"] is ScalarNode said ? said.IsTrue : style == "form";
        return style switch
        {
            "spaceDelimited" => " ",
            "pipeDelimited" => "|",
            "form" when explode => null,
            "form" or "simple" => ",",
            _ => null,
        };
    }
}
