using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>
/// Gives every operation one tag, which names its client, and an id of the form that NSwag takes apart: the tag, a low
/// line, and the name of the method.
/// </summary>
internal sealed class OperationIds : ILift
{
    private const string Suffix = "Async";

    public void Apply(LiftContext context)
    {
        var fallback = LiftName.Of((context.Root["info"] as MapNode)?.Text("title") ?? "");
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in Operations.All(context.Root))
        {
            var tag = ((operation.Node["tags"] as ListNode)?.Items.FirstOrDefault() as ScalarNode)?.Text;
            var client = tag is null ? fallback : LiftName.Of(tag);
            var method = MethodName(operation, tag, client);
            if (!taken.Add($"{client}_{method}"))
            {
                method = FromPath(operation);
                taken.Add($"{client}_{method}");
            }

            var place = operation.Node.Place;
            if (client.Length > 0)
            {
                var tags = new ListNode(place);
                tags.Items.Add(ScalarNode.FromText(client, place));
                operation.Node.Set("tags", tags);
            }

            operation.Node.Set("operationId", ScalarNode.FromText($"{client}_{method}", place));
        }
    }

    private static string MethodName(OperationNode operation, string? tag, string client)
    {
        var id = operation.Node.Text("operationId") ?? "";
        foreach (var prefix in new[] { tag + "_", client + "_" })
        {
            id = id.Length > prefix.Length && id.StartsWith(prefix, StringComparison.Ordinal) ? id[prefix.Length..] : id;
        }

        var name = LiftName.Of(id);
        if (name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal))
        {
            name = name[..^Suffix.Length];
        }

        return name.Length > 0 ? name : FromPath(operation);
    }

    private static string FromPath(OperationNode operation) => LiftName.Of($"{operation.Method} {operation.Path}");
}
