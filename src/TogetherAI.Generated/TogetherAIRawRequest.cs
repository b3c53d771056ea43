using System.Diagnostics;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Streaming;

namespace TogetherAI;

/// <summary>A request whose path and body are sent as they are; see <see cref="TogetherAIRawClient"/>.</summary>
public sealed class TogetherAIRawRequest
{
    /// <summary>Creates a request with no content; its method is GET.</summary>
    /// <param name="path">See <see cref="Path"/>.</param>
    /// <exception cref="ArgumentException">The path is empty, is a whole address, is not escaped, or has a segment of dots.</exception>
    public TogetherAIRawRequest(string path)
        => Path = Checked(path);

    /// <summary>Creates a request with content, which is JSON unless <see cref="ContentType"/> says otherwise; its method is POST.</summary>
    /// <param name="path">See <see cref="Path"/>.</param>
    /// <param name="body">The content.</param>
    /// <exception cref="ArgumentException">The path is empty, is a whole address, is not escaped, or has a segment of dots.</exception>
    public TogetherAIRawRequest(string path, ReadOnlyMemory<byte> body)
    {
        Path = Checked(path);
        Body = body;
        Method = HttpMethod.Post;
    }

    /// <summary>
    /// The path below the base address with its query, escaped as it is sent, such as <c>v1/chat/completions</c>. A slash at its
    /// start makes no difference.
    /// </summary>
    public string Path { get; }

    /// <summary>The HTTP method.</summary>
    public HttpMethod Method { get; set; } = HttpMethod.Get;

    /// <summary>The content; null for none. It must not change before the call, or the last enumeration of its stream, has ended.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlyMemory<byte>? Body { get; set; }

    /// <summary>The content type. By default <c>application/json</c>.</summary>
    public string ContentType { get; set; } = "application/json";

    /// <summary>
    /// Whether sending the request twice is no worse than sending it once, so that it is retried also where the server may have
    /// acted. Null, the default, takes what the document says of the operation; of one that it does not describe, GET, HEAD, PUT
    /// and DELETE are.
    /// </summary>
    public bool? IsIdempotent { get; set; }

    /// <summary>Copies the request. The content is shared.</summary>
    /// <returns>The copy.</returns>
    public TogetherAIRawRequest Clone() => (TogetherAIRawRequest)MemberwiseClone();

    /// <summary>
    /// Whether the request asks for a stream: the field or the query parameter that the OpenAPI document names for the operation is true.
    /// For an operation that it does not describe the field is <c>stream</c>. False where the content is not a JSON object.
    /// </summary>
    public bool IsStreamRequested => AsksForStream(Operation);

    // What the document says of it; null where it says nothing.
    internal ApiOperation? Operation => RawCall.Find(TogetherAIClient.KnownOperations, Method, Path);

    internal bool AsksForStream(ApiOperation? operation) => RawCall.AsksForStream(operation, Path, Body.GetValueOrDefault().Span);

    private static string Checked(string path)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        var relative = path.StartsWith("/", StringComparison.Ordinal) ? path.Substring(1) : path;
        var query = relative.IndexOf('?');
        var segments = (query < 0 ? relative : relative.Substring(0, query)).Split('/');
        var fault = relative.Length == 0 ? "is empty"
            : relative[0] == '/' || segments[0].IndexOf(':') >= 0 ? "is a whole address; set ApiUrl in the options of the call for that"
            : relative.IndexOfAny(['#', '\\']) >= 0 || relative.Any(static character => character <= ' ' || character == '\u007f') ? "has a character that must be escaped"
            : segments.Any(static segment => Uri.UnescapeDataString(segment) is "." or "..") ? "has a segment of dots, which would lead to another path"
            : null;
        return fault is null ? relative : throw new ArgumentException($"The path \"{path}\" {fault}.", nameof(path));
    }
}
