using System.Text;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>
/// A connection to a server that is memory: whatever is asked, it sends the same event stream, as HTTP/1.1 in chunks. What
/// an HTTP stack does with a response is all there, and what the system does with a socket is not.
/// </summary>
internal sealed class MemoryConnection(byte[] response, int pieceSize) : PieceStream(response, pieceSize)
{
    public override bool CanWrite => true;

    /// <summary>An HTTP stack that has only such connections. A read of a response gives one chunk of it.</summary>
    public static SocketsHttpHandler Handler(byte[] events, int chunkSize)
    {
        var response = Response(events, chunkSize);
        return new SocketsHttpHandler
        {
            ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(new MemoryConnection(response, int.MaxValue)),
        };
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    private static byte[] Response(byte[] events, int chunkSize)
    {
        var response = new MemoryStream();
        response.Write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"u8);
        foreach (var chunk in events.Chunk(chunkSize))
        {
            response.Write(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            response.Write(chunk);
            response.Write("\r\n"u8);
        }

        response.Write("0\r\n\r\n"u8);
        return response.ToArray();
    }
}
