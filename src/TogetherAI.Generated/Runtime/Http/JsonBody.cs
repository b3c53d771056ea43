using System.Buffers;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Http;

/// <summary>A request object as JSON, written once for all attempts.</summary>
/// <remarks>
/// Its memory goes back to the pool as soon as the response begins. A handler of the caller that keeps the request may read its
/// body even then: a small one stays, and a larger one is written once more from the object.
/// </remarks>
internal sealed class JsonBody : IRequestBody, IDisposable
{
    // Null where the bytes stay.
    private readonly object? _request;
    private readonly SegmentedBuffer _json;

    /// <param name="request">The object.</param>
    /// <param name="contentType">A content type of its own; null for <c>application/json</c>.</param>
    public JsonBody(object request, string? contentType = null)
    {
        ContentType = contentType;
        _json = ApiJson.Serialize(request);
        _request = _json.IsSmall ? null : request;
    }

    public bool CanSendAgain => true;

    public Exception? Failure => null;

    public string? ContentType { get; }

    public long Length => _json.Length;

    /// <summary>The bytes that are sent; none where they are gone.</summary>
    public ReadOnlySequence<byte> Json => _json.Bytes;

    public HttpContent CreateContent() => new JsonContent(this);

    public async Task SendAsync(Stream target, CancellationToken cancellationToken)
    {
        if (!await _json.TrySendAsync(target, cancellationToken).ConfigureAwait(false))
        {
            using var json = ApiJson.Serialize(_request!);
            await json.TrySendAsync(target, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Gives back the memory that the bytes do not fill, where they are few, for a body that is kept as long as its stream. It can be sent
    /// all the same.
    /// </summary>
    public void Trim()
    {
        if (_json.IsSmall)
        {
            _json.Dispose();
        }
    }

    public void Dispose() => _json.Dispose();
}
