namespace TogetherAI.Tests.Support;

/// <summary>
/// A response body that the test feeds by hand: each read gets exactly one piece. A read that waits goes on inside
/// <see cref="Feed(byte[])"/>, so that nothing is left to chance.
/// </summary>
internal sealed class FedStream : ReadOnlyStream
{
    private readonly Queue<byte[]> _pieces = new();
    private TaskCompletionSource? _waiting;
    private bool _isDisposed;

    public FedStream(params byte[][] pieces)
    {
        foreach (var piece in pieces)
        {
            _pieces.Enqueue(piece);
        }
    }

    /// <summary>Whether reads obey their token. Those of .NET Framework do not.</summary>
    public bool ObeysTokens { get; init; } = true;

    /// <summary>What a read throws that finds no piece; null where it waits.</summary>
    public Exception? ReadFailure { get; init; }

    /// <summary>What closing throws.</summary>
    public Exception? CloseFailure { get; init; }

    /// <summary>Called when a read has its piece, before it ends.</summary>
    public Action? ReadEnded { get; set; }

    /// <summary>Gives the next read a piece; an empty one is the end.</summary>
    public void Feed(byte[] piece)
    {
        _pieces.Enqueue(piece);

        // Below a context of the test framework the reader would go on elsewhere, and later.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        Interlocked.Exchange(ref _waiting, null)?.TrySetResult();
        SynchronizationContext.SetSynchronizationContext(context);
    }

    public void Feed(string piece) => Feed(System.Text.Encoding.UTF8.GetBytes(piece));

    /// <summary>A client whose every call gets this body.</summary>
    public TogetherAIInferenceClient Client(Action<TogetherAIOptions>? configure = null, string mediaType = "text/event-stream")
        => new(new HttpClient(new Handler(this, mediaType)) { Timeout = Timeout.InfiniteTimeSpan }, Clients.Options(new Uri("http://localhost/"), configure));

    /// <summary>The same with every area.</summary>
    public TogetherAIClient ClientForAll()
        => new(new HttpClient(new Handler(this, "text/event-stream")), Clients.Options(new Uri("http://localhost/")));

    /// <summary>The same, which gives up after a silence that is so long.</summary>
    public TogetherAIInferenceClient Client(TimeProvider time, TimeSpan silence) => Client(options =>
    {
        options.TimeProvider = time;
        options.StreamIdleTimeout = silence;
    });

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0)
        {
            return 0;
        }

        while (_pieces.Count == 0)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (ReadFailure is not null)
            {
                throw ReadFailure;
            }

            var waiting = _waiting = new TaskCompletionSource();
            using var cancelling = ObeysTokens ? cancellationToken.Register(() => waiting.TrySetCanceled(cancellationToken)) : default;
            await waiting.Task.ConfigureAwait(false);
        }

        var piece = _pieces.Dequeue();
        var count = Math.Min(piece.Length, buffer.Length);
        piece.AsSpan(0, count).CopyTo(buffer.Span);
        if (count < piece.Length)
        {
            var rest = _pieces.ToArray();
            _pieces.Clear();
            foreach (var next in rest.Prepend(piece[count..]))
            {
                _pieces.Enqueue(next);
            }
        }

        ReadEnded?.Invoke();
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        Interlocked.Exchange(ref _waiting, null)?.TrySetException(new ObjectDisposedException(nameof(FedStream)));
        base.Dispose(disposing);
        if (CloseFailure is not null)
        {
            throw CloseFailure;
        }
    }

    private sealed class Handler(FedStream body, string mediaType) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new StreamContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
            return Task.FromResult(new HttpResponseMessage { Content = content });
        }
    }
}
