namespace TogetherAI.Fuzzing.Targets;

/// <summary>Responds to every request with an event stream that comes in pieces, without any waiting.</summary>
internal sealed class PiecesHandler : HttpMessageHandler
{
    /// <summary>The pieces of the next response.</summary>
    public IReadOnlyList<byte[]> Pieces { get; set; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = new StreamContent(new Body(new Queue<byte[]>(Pieces)));
        content.Headers.TryAddWithoutValidation("Content-Type", "text/event-stream");
        return Task.FromResult(new HttpResponseMessage { Content = content });
    }

    private sealed class Body(Queue<byte[]> pieces) : ReadOnlyStream
    {
        private byte[] _piece = [];

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (count > 0 && _piece.Length == 0 && !pieces.TryDequeue(out _piece!))
            {
                _piece = [];
            }

            var length = Math.Min(count, _piece.Length);
            _piece.AsSpan(0, length).CopyTo(buffer.AsSpan(offset));
            _piece = _piece[length..];
            return length;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => Task.FromResult(Read(buffer, offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var bytes = new byte[buffer.Length];
            var length = Read(bytes, 0, bytes.Length);
            bytes.AsSpan(0, length).CopyTo(buffer.Span);
            return new ValueTask<int>(length);
        }
    }
}
