using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>Tells media types apart by how the client sends or reads them.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Multipart = "multipart/form-data";
    public const string UrlEncoded = "application/x-www-form-urlencoded";
    public const string Text = "text/plain";
    public const string Bytes = "application/octet-stream";

    /// <summary>The type without its parameters, in lower case.</summary>
    public static string Bare(string mediaType) => mediaType.Split(';')[0].Trim().ToLowerInvariant();

    public static bool IsJson(string mediaType)
        => Bare(mediaType) is var bare && (bare is Json or "text/json" or "application/*" or "*/*" || bare.EndsWith("+json", StringComparison.Ordinal));

    /// <summary>Whether events or records come in it one after another.</summary>
    public static bool IsStream(string mediaType)
        => Bare(mediaType) is "text/event-stream" or "application/x-ndjson" or "application/jsonl" or "application/x-jsonl" or "application/jsonlines" or "application/json-seq";

    public static bool IsText(string mediaType)
        => Bare(mediaType) is var bare && !IsStream(bare) && !IsJson(bare)
            && (bare.StartsWith("text/", StringComparison.Ordinal) || bare is "application/xml" or "application/yaml" || bare.EndsWith("+xml", StringComparison.Ordinal));

    /// <summary>Whether a schema describes bytes.</summary>
    public static bool IsBinary(Node? schema) => schema is MapNode map && map.Text("format") == "binary";
}
