using System.Text.Json;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>Makes calls of a path and bytes, with what the document says of the operation there, if it has one.</summary>
internal static class RawCall
{
    private const string UsualFlag = "stream";

    /// <summary>The operation of the document at a path; null where it has none.</summary>
    public static ApiOperation? Find(IReadOnlyList<ApiOperation> operations, HttpMethod method, string path)
    {
        var segments = Segments(path);
        ApiOperation? found = null;
        foreach (var operation in operations)
        {
            // Of a fixed segment and a parameter in the same place, the fixed one wins.
            if (operation.Method == method && Matches(operation.Segments, segments) && (found is null || Parameters(operation) < Parameters(found)))
            {
                found = operation;
            }
        }

        return found;
    }

    /// <summary>An operation for a path of which the document knows nothing: with the server and the authentication of its neighbours.</summary>
    public static ApiOperation Neighbour(IReadOnlyList<ApiOperation> operations, HttpMethod method, string path, ApiOperation? known)
    {
        var first = Segments(path)[0];
        var neighbour = known ?? operations.FirstOrDefault(operation => operation.Segments[0] == first) ?? operations.FirstOrDefault();
        return new StreamOperation(
            method.Method,
            path,
            neighbour?.Server?.AbsoluteUri,
            new StreamFormat(completesAtEnd: true, isOpen: true),
            accept: "*/*",
            neighbour?.Authentication,
            isIdempotent: known?.IsIdempotent ?? (method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Put || method == HttpMethod.Delete),
            startsIf: known?.StartsIf,
            name: known?.Name,
            isGenerative: known?.IsGenerative ?? false);
    }

    /// <summary>Whether a request asks for a stream: by the flag that the document names, otherwise by the usual one.</summary>
    public static bool AsksForStream(ApiOperation? operation, string path, ReadOnlySpan<byte> body)
        => operation is StreamOperation { Stream.QueryFlag: { } parameter } ? HasQuery(path, parameter)
            : operation is StreamOperation { Stream.BodyFlag: null } || IsTrue(body, FlagOf(operation));

    /// <summary>The field that asks for a stream.</summary>
    public static string FlagOf(ApiOperation? operation) => (operation as StreamOperation)?.Stream.BodyFlag ?? UsualFlag;

    /// <summary>Whether a JSON object has a field at its top level that is true. What is no JSON has none.</summary>
    public static bool IsTrue(ReadOnlySpan<byte> json, string field)
    {
        var reader = new Utf8JsonReader(ApiJson.WithoutMark(json), new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth });
        var isTrue = false;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            // Of a name that comes twice, the last one counts.
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isField = reader.ValueTextEquals(field);
                reader.Read();
                isTrue = isField ? reader.TokenType == JsonTokenType.True : isTrue;
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return isTrue;
    }

    private static bool HasQuery(string path, string parameter)
    {
        var start = path.IndexOf('?');
        return start >= 0 && path.Substring(start + 1).Split('&').Contains(parameter + "=true", StringComparer.OrdinalIgnoreCase);
    }

    private static string[] Segments(string path)
    {
        var end = path.IndexOf('?');
        return (end < 0 ? path : path.Substring(0, end)).Trim('/').Split('/');
    }

    private static bool Matches(string[] pattern, string[] segments)
        => pattern.Length == segments.Length && pattern.Zip(segments, static (known, given) => known == given || (IsParameter(known) && given.Length > 0)).All(static isSame => isSame);

    private static int Parameters(ApiOperation operation) => operation.Segments.Count(IsParameter);

    private static bool IsParameter(string segment) => segment.IndexOf('{') >= 0;
}
