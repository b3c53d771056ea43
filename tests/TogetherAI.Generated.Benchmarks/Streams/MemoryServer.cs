using System.Net;
using System.Net.Http.Headers;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>Answers every request from memory, so that only the clients are measured.</summary>
internal sealed class MemoryServer(byte[] body, string mediaType, int pieceSize = int.MaxValue, bool arrives = false) : HttpMessageHandler
{
    public Stream Open() => arrives ? new ArrivingStream(body, pieceSize) : new PieceStream(body, pieceSize);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content)
        {
            // What a network would do with it.
            await content.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        }

        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StreamContent(Open()) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
        };
    }
}
