using System.Text.RegularExpressions;
using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Drift;

/// <summary>Says in single facts what a document says of its operations, whatever way it is written in.</summary>
internal static partial class OperationFacts
{
    /// <summary>The facts of every operation, by method and full path; names of path parameters do not count.</summary>
    public static SortedDictionary<string, IReadOnlyList<ApiFact>> Of(MapNode root)
    {
        var facts = new SortedDictionary<string, IReadOnlyList<ApiFact>>(StringComparer.Ordinal);
        foreach (var operation in Operations.All(root))
        {
            var path = Parameter().Replace(ServerPath(root, operation) + operation.Path, "{}");
            facts[$"{operation.Method.ToUpperInvariant()} {path}"] = [.. Facts(root, operation).Distinct()];
        }

        return facts;
    }

    // The path of the first server belongs to every path: some documents write /v1 there and some in each path.
    private static string ServerPath(MapNode root, OperationNode operation)
    {
        var servers = new[] { operation.Node["servers"], operation.Item["servers"], root["servers"] }.OfType<ListNode>().FirstOrDefault();
        var url = (servers?.Items.FirstOrDefault() as MapNode)?.Text("url") ?? "";
        return Uri.TryCreate(url, UriKind.Absolute, out var absolute) ? absolute.AbsolutePath.TrimEnd('/') : url.TrimEnd('/');
    }

    private static IEnumerable<ApiFact> Facts(MapNode root, OperationNode operation)
    {
        var schemas = new SchemaFlattener(root);
        foreach (var parameter in operation.Parameters.Select(parameter => Resolve(root, parameter)).OfType<MapNode>().Where(static parameter => parameter.Text("in") != "path"))
        {
            foreach (var fact in schemas.Flatten(parameter["schema"] ?? FirstSchema(parameter), $"{parameter.Text("in")}.{parameter.Text("name")}", parameter["required"] is ScalarNode { IsTrue: true }))
            {
                yield return fact;
            }
        }

        foreach (var fact in Contents(schemas, Resolve(root, operation.Node["requestBody"]), "request"))
        {
            yield return fact;
        }

        foreach (var response in (operation.Node["responses"] as MapNode)?.Entries ?? [])
        {
            // The responses of success are one to a caller; every other status is a place of its own.
            var isSuccess = response.Key.StartsWith('2');
            var where = isSuccess ? "response" : $"response {response.Key}";
            yield return new ApiFact(isSuccess ? $"status {response.Key}" : where, Aspects.Exists, "yes");
            foreach (var fact in Contents(schemas, Resolve(root, response.Value), where))
            {
                yield return fact;
            }
        }
    }

    private static IEnumerable<ApiFact> Contents(SchemaFlattener schemas, MapNode? holder, string where)
    {
        foreach (var media in (holder?["content"] as MapNode)?.Entries ?? [])
        {
            var type = MediaTypes.Bare(media.Key);
            yield return new ApiFact($"{where} {type}", Aspects.Exists, "yes");
            var schema = (media.Value as MapNode)?["itemSchema"] ?? (media.Value as MapNode)?["schema"];
            var isStream = MediaTypes.IsStream(type);
            var prefix = !isStream ? where : where == "response" ? "event" : $"{where} event";
            foreach (var fact in schemas.Flatten(isStream ? schemas.Payload(schema) : schema, prefix, isRequired: null))
            {
                yield return fact;
            }
        }
    }

    // Of a parameter that is JSON in itself.
    private static Node? FirstSchema(MapNode parameter) => ((parameter["content"] as MapNode)?.Entries.FirstOrDefault()?.Value as MapNode)?["schema"];

    private static MapNode? Resolve(MapNode root, Node? node)
    {
        for (var depth = 0; depth < 32 && (node as MapNode)?.Text("$ref") is { } pointer; depth++)
        {
            node = JsonPointer.Find(root, pointer);
        }

        return node as MapNode;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
