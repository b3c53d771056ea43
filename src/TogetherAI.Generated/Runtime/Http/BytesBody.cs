using System.Net.Http.Headers;
#if !NET8_0_OR_GREATER
using System.Runtime.InteropServices;
#endif

namespace TogetherAI.Runtime.Http;

/// <summary>A request that is there as bytes, sent as they are.</summary>
internal sealed class BytesBody(ReadOnlyMemory<byte> bytes, string contentType) : IRequestBody
{
    private readonly MediaTypeHeaderValue _contentType = MediaTypeHeaderValue.Parse(contentType);

    public bool CanSendAgain => true;

    public Exception? Failure => null;

    public bool IsJson { get; } = MediaType.IsJson(contentType);

    public ReadOnlyMemory<byte> Bytes => bytes;

    public HttpContent CreateContent()
    {
#if NET8_0_OR_GREATER
        return new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = _contentType } };
#else
        var array = MemoryMarshal.TryGetArray(bytes, out var segment) ? segment : new ArraySegment<byte>(bytes.ToArray());
        return new ByteArrayContent(array.Array!, array.Offset, array.Count) { Headers = { ContentType = _contentType } };
#endif
    }
}
