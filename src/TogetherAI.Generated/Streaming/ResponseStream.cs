namespace TogetherAI;

/// <summary>
/// The body of an open response. It owns the response, measures how long each read waits, and throws what the caller is
/// promised. It copies nothing.
/// </summary>
internal sealed class ResponseStream : Stream
{
    private readonly ApiResponse _response;
    private readonly Stream _body;
    private readonly CancellationTokenRegistration _closing;

    private ResponseStream(ApiResponse response, Stream body)
    {
        _response = response;
        _body = body;
        _response.Clock.StartRepeated(TogetherAITimeoutPhase.FirstEvent, response.Settings.StreamIdleTimeout);

        // Reads that cannot be cancelled (synchronous ones, and all of them on .NET Framework) end when the response does.
        _closing = _response.Clock.Token.Register(static response => ((HttpResponseMessage)response!).Dispose(), response.Message);
    }

    /// <summary>Events that have been read from the bytes; exceptions tell the number.</summary>
    public int EventsReceived { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Takes over the response, whatever happens.</summary>
    public static async Task<ResponseStream> OpenAsync(ApiResponse response)
    {
        try
        {
            var body = await ResponseBody.OpenAsync(response.Message, response.Clock.Token).ConfigureAwait(false);
            return new ResponseStream(response, body);
        }
        catch (Exception exception)
        {
            response.Dispose();
            if (CallErrors.InsideStream(exception, response, 0) is { } error)
            {
                throw error;
            }

            throw;
        }
    }

    public void CountEvent()
    {
        if (EventsReceived++ == 0)
        {
            _response.Clock.Continue(TogetherAITimeoutPhase.StreamSilence);
        }
    }

#if NET8_0_OR_GREATER
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ValueTask<int> read;
        try
        {
            _response.Clock.Token.ThrowIfCancellationRequested();
            read = _body.ReadAsync(buffer, _response.Clock.Token);
        }
        catch (Exception exception) when (Translate(exception, cancellationToken) is { } error)
        {
            throw error;
        }

        return read.IsCompletedSuccessfully ? read : AwaitAsync(read, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer)
    {
        _response.Clock.Resume();
        try
        {
            return _body.Read(buffer);
        }
        catch (Exception exception) when (Translate(exception, default) is { } error)
        {
            throw error;
        }
        finally
        {
            _response.Clock.Pause();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
#else
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Task<int> read;
        try
        {
            _response.Clock.Token.ThrowIfCancellationRequested();
            read = _body.ReadAsync(buffer, offset, count, _response.Clock.Token);
        }
        catch (Exception exception) when (Translate(exception, cancellationToken) is { } error)
        {
            throw error;
        }

        return AwaitAsync(new ValueTask<int>(read), cancellationToken).AsTask();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        _response.Clock.Resume();
        try
        {
            return _body.Read(buffer, offset, count);
        }
        catch (Exception exception) when (Translate(exception, default) is { } error)
        {
            throw error;
        }
        finally
        {
            _response.Clock.Pause();
        }
    }
#endif

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _closing.Dispose();
            _body.Dispose();
            _response.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> AwaitAsync(ValueTask<int> read, CancellationToken cancellationToken)
    {
        _response.Clock.Resume();
        var registration = cancellationToken.CanBeCanceled
            ? cancellationToken.Register(static clock => ((CallClock)clock!).Cancel(), _response.Clock)
            : default;
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (Exception exception) when (Translate(exception, cancellationToken) is { } error)
        {
            throw error;
        }
        finally
        {
            registration.Dispose();
            _response.Clock.Pause();
        }
    }

    private Exception? Translate(Exception exception, CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested
            ? new OperationCanceledException("The read was cancelled.", exception, cancellationToken)
            : CallErrors.InsideStream(exception, _response, EventsReceived);
}
