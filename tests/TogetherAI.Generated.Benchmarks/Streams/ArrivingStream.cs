namespace TogetherAI.Benchmarks.Streams;

/// <summary>A body from memory of which no piece is there before it is waited for, as with a server that generates.</summary>
internal sealed class ArrivingStream(byte[] body, int pieceSize) : PieceStream(body, pieceSize)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        return Read(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
