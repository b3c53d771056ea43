using System.Net.ServerSentEvents;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace TogetherAI;

/// <summary>
/// One enumeration of a stream's values. It owns the response, and closes it when it ends, early or not. An event that
/// has arrived already costs no state machine of ours, which is why this is no iterator method.
/// </summary>
internal abstract class EventEnumerator
{
    private readonly Func<Task<ApiResponse>> _open;
    private readonly EventReader _reader;
    private ApiResponse? _response;
    private ResponseStream? _stream;
    private IAsyncEnumerator<SseItem<StreamEvent>>? _events;
    private bool _isClosed;

    /// <summary>Prepares an enumeration; nothing happens before its first step.</summary>
    protected EventEnumerator(Func<Task<ApiResponse>> open, EventReader reader)
    {
        _open = open;
        _reader = reader;
    }

    public ValueTask<bool> MoveNextAsync()
    {
        if (_events is null)
        {
            return _isClosed ? default : StartAsync();
        }

        var next = _events.MoveNextAsync();
        if (!next.IsCompletedSuccessfully)
        {
            return ContinueAsync(next);
        }

        var hasNext = next.Result;
        return hasNext && _events.Current.Data == StreamEvent.Value && !_response!.Clock.IsCancelledByCaller
            ? new ValueTask<bool>(true)
            : ContinueAsync(new ValueTask<bool>(hasNext));
    }

    public ValueTask DisposeAsync()
    {
        _isClosed = true;
        return CloseAsync();
    }

    // Closes what is open. Not all of it is, where the enumeration is disposed while it begins.
    private async ValueTask CloseAsync()
    {
        var events = _events;
        _events = null;
        try
        {
            if (events is not null)
            {
                await events.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _stream?.Dispose();
            _response?.Dispose();
        }
    }

    private async ValueTask<bool> StartAsync()
    {
        try
        {
            _response = await _open().ConfigureAwait(false);
            await EventStreamCheck.RequireAsync(_response).ConfigureAwait(false);
            _stream = await ResponseStream.OpenAsync(_response).ConfigureAwait(false);
            var parser = SseParser.Create(_reader.Attach(_response, _stream), _reader.Read);
            _events = parser.EnumerateAsync(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }

        if (_isClosed)
        {
            await CloseAsync().ConfigureAwait(false);
            return false;
        }

        return await ContinueAsync(_events.MoveNextAsync()).ConfigureAwait(false);
    }

#if NET8_0_OR_GREATER
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
#endif
    private async ValueTask<bool> ContinueAsync(ValueTask<bool> next)
    {
        var events = _events!;
        try
        {
            for (; await next.ConfigureAwait(false); next = events.MoveNextAsync())
            {
                _response!.Clock.ThrowIfCancelledByCaller();
                switch (events.Current.Data)
                {
                    case StreamEvent.Value:
                        return true;
                    case StreamEvent.End:
                        // Without waiting for the server to close: some keep the connection open.
                        _stream!.Complete();
                        await DisposeAsync().ConfigureAwait(false);
                        return false;
                }
            }

            if (_reader.AtEnd() is { } incomplete)
            {
                throw incomplete;
            }
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await DisposeAsync().ConfigureAwait(false);
        return false;
    }
}

/// <summary>An enumeration whose values have a type.</summary>
internal sealed class EventEnumerator<T> : EventEnumerator, IAsyncEnumerator<T>
    where T : class
{
    private readonly ChunkReader<T> _reader;

    public EventEnumerator(Func<Task<ApiResponse>> open, ChunkReader<T> reader)
        : base(open, reader)
    {
        _reader = reader;
    }

    public T Current => _reader.Value;
}
