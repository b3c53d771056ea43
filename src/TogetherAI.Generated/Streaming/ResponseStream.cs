#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace TogetherAI;

/// <summary>
/// The body of an open response. It owns the response, measures how long each read waits, and throws what the caller is
/// promised. It copies nothing.
/// </summary>
internal sealed class ResponseStream : ReadOnlyStream
{
    private readonly ApiResponse _response;
    private readonly Stream _body;
    private readonly ConnectionGuard _guard;
    private readonly CancellationToken _token;
    private readonly CancellationTokenRegistration _closing;
    private readonly bool _countsBytes;
    private long _bytesReceived;
    private bool _isCancelled;
    private bool _isDisposed;

    private ResponseStream(ApiResponse response, Stream body, bool countsBytes)
    {
        _response = response;
        _body = body;
        _countsBytes = countsBytes;
        _guard = new ConnectionGuard(response.Message, body);
        _token = response.Clock.Token;
        _response.Clock.StartRepeated(TogetherAITimeoutPhase.FirstEvent, response.Settings.StreamIdleTimeout);
        _closing = _token.Register(static guard => ((ConnectionGuard)guard!).Close(), _guard);
    }

    public override bool CanRead => !_isDisposed;

    /// <summary>Events that have been read from the bytes; exceptions tell the number.</summary>
    public int EventsReceived { get; private set; }

    /// <summary>How much has come, for the messages of exceptions.</summary>
    public StreamAmount Received => _countsBytes ? StreamAmount.OfBytes(_bytesReceived) : StreamAmount.OfEvents(EventsReceived);

    /// <summary>Takes over the response, whatever happens.</summary>
    /// <param name="response">The response, of which nothing has been read.</param>
    /// <param name="countsBytes">Whether bytes are counted, because nobody looks for events.</param>
    public static async Task<ResponseStream> OpenAsync(ApiResponse response, bool countsBytes = false)
    {
        try
        {
            var body = await ResponseBody.OpenAsync(response.Message, response.Clock.Token).ConfigureAwait(false);
            return new ResponseStream(response, body, countsBytes);
        }
        catch (Exception exception)
        {
            response.Dispose();
            if (CallErrors.InsideStream(exception, response, countsBytes ? StreamAmount.OfBytes(0) : default) is { } error)
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

    /// <summary>All that is wanted has been read: the connection may serve another call, if its response ends soon.</summary>
    public void Complete() => _guard.Release();

#if NET8_0_OR_GREATER
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        RequireOpen(cancellationToken);
        ValueTask<int> read;
        try
        {
            _guard.BeginRead();
            _token.ThrowIfCancellationRequested();
            read = _body.ReadAsync(buffer, _token);
        }
        catch (Exception exception) when (Translate(exception, cancellationToken) is { } error)
        {
            _guard.EndRead();
            return ValueTask.FromException<int>(error);
        }

        return read.IsCompletedSuccessfully
            ? new ValueTask<int>(Finish(read.Result, buffer.Length))
            : AwaitAsync(read, buffer.Length, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
#else
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        RequireOpen(cancellationToken);
        Task<int> read;
        try
        {
            _guard.BeginRead();
            _token.ThrowIfCancellationRequested();
            read = _body.ReadAsync(buffer, offset, count, _token);
        }
        catch (Exception exception) when (Translate(exception, cancellationToken) is { } error)
        {
            _guard.EndRead();
            throw error;
        }

        return AwaitAsync(new ValueTask<int>(read), count, cancellationToken).AsTask();
    }
#endif

    public override int Read(byte[] buffer, int offset, int count)
    {
        RequireOpen(CancellationToken.None);
        try
        {
            _guard.BeginRead();
            _response.Clock.Resume();
            return Finish(_body.Read(buffer, offset, count), count);
        }
        catch (Exception exception) when (Translate(exception, default) is { } error)
        {
            _guard.EndRead();
            throw error;
        }
        finally
        {
            _response.Clock.Pause();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _closing.Dispose();
            _guard.Close();
            ResponseBody.Close(_body);
            _response.Dispose();
        }

        base.Dispose(disposing);
    }

#if NET8_0_OR_GREATER
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
#endif
    private async ValueTask<int> AwaitAsync(ValueTask<int> read, int length, CancellationToken cancellationToken)
    {
        _response.Clock.Resume();
        var registration = cancellationToken.CanBeCanceled
            ? cancellationToken.Register(static clock => ((CallClock)clock!).Cancel(), _response.Clock)
            : default;
        try
        {
            return Finish(await read.ConfigureAwait(false), length);
        }
        catch (Exception exception) when (Translate(exception, cancellationToken) is { } error)
        {
            _guard.EndRead();
            throw error;
        }
        finally
        {
            registration.Dispose();
            _response.Clock.Pause();
        }
    }

    private int Finish(int count, int length)
    {
        _guard.EndRead();
        if (count == 0 && length > 0)
        {
            _guard.Release();
        }

        if (_countsBytes && count > 0)
        {
            if (_bytesReceived == 0)
            {
                _response.Clock.Continue(TogetherAITimeoutPhase.StreamSilence);
            }

            _bytesReceived += count;
        }

        return count;
    }

    private void RequireOpen(CancellationToken cancellationToken)
    {
        if (_isDisposed || _isCancelled)
        {
            throw new ObjectDisposedException(
                objectName: null,
                _isDisposed ? "The stream was disposed." : "The stream was closed when a read of it was cancelled.");
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private Exception? Translate(Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _isCancelled = true;
            return new OperationCanceledException("The read was cancelled.", _response.Secrets.Presentable(exception), cancellationToken);
        }

        return _isDisposed
            ? new ObjectDisposedException("The stream was disposed while it was read.", _response.Secrets.Presentable(exception))
            : CallErrors.InsideStream(exception, _response, Received);
    }
}
