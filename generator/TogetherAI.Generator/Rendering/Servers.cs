using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Rendering;

/// <summary>The address of an operation where the caller names none: the first server of the operation, its path or the document.</summary>
internal static class Servers
{
    /// <summary>The address; null where the document has none that stands for itself.</summary>
    public static string? Of(ApiDocument document, Operation operation)
    {
        var servers = new[] { operation.Node, operation.PathItem, document.Root }.Select(static owner => owner.List("servers")).FirstOrDefault(static list => list is { Items.Count: > 0 });
        return servers?.Maps.FirstOrDefault() is { } server && Resolved(server) is { } url && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? url : null;
    }

    // OpenAPI 3.0.3, 4.7.5: variables stand in braces, and each has a default.
    private static string? Resolved(MapNode server)
        => server.Map("variables")?.Entries.Aggregate(server.Text("url"), static (url, variable)
            => url?.Replace("{" + variable.Key + "}", (variable.Value as MapNode)?.Text("default"), StringComparison.Ordinal)) ?? server.Text("url");
}
