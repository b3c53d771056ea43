using System.Diagnostics;

namespace TogetherAI.Runtime.Http;

/// <summary>
/// Closes the connection of a response that is left before its end. Disposing alone does not do that on every HTTP stack:
/// some read the rest first, in order to use the connection again, while the server goes on generating for nobody. A read
/// that is cancelled closes it at once on all of them.
/// </summary>
/// <remarks>
/// Invariant: at most one read of the body is pending. It is either the reader's, between a successful
/// <see cref="TryBeginRead"/> and <see cref="EndRead"/>, or the guard's own; the guard never reads beside the reader.
/// </remarks>
internal sealed class ConnectionGuard
{
    // What has arrived already is read without waiting; there cannot be more of it than the buffers on the way hold.
    private const int MaxReads = 64;

    private readonly HttpResponseMessage _message;
    private readonly CallClock _clock;
    private readonly CancellationToken _token;
    private volatile bool _isReading;
    private int _isReleased;

    public ConnectionGuard(HttpResponseMessage message, CallClock clock)
    {
        _message = message;
        _clock = clock;
        _token = clock.Token;
    }

    /// <summary>Closes a response that nobody has begun to read, and its connection. Never fails.</summary>
    public static void Close(HttpResponseMessage message)
    {
        CancelRead(message);
        ResponseBody.CloseQuietly(message);
    }

    /// <summary>Begins a read, which <see cref="EndRead"/> must end; false where the call has been cancelled.</summary>
    public bool TryBeginRead()
    {
        _isReading = true;
        Interlocked.MemoryBarrier();
        if (!_token.IsCancellationRequested)
        {
            return true;
        }

        _isReading = false;
        return false;
    }

    public void EndRead()
    {
        Debug.Assert(_isReading, "A read ends that never began.");
        _isReading = false;
    }

    /// <summary>The connection need not be closed any more.</summary>
    public void Release() => Interlocked.Exchange(ref _isReleased, 1);

    /// <summary>Closes the response and, unless it was released, its connection. Never fails, and ends a read that is pending.</summary>
    public void Close()
    {
        if (IsReading())
        {
            _clock.Cancel();
        }
        else if (Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            CancelRead(_message);
        }

        ResponseBody.CloseQuietly(_message);
    }

    // A read that begins in this moment either is seen here, or sees that its token is cancelled or its stream disposed.
    private bool IsReading()
    {
        if (Volatile.Read(ref _isReleased) != 0)
        {
            return _isReading;
        }

        Interlocked.MemoryBarrier();
        return _isReading;
    }

    private static void CancelRead(HttpResponseMessage message)
    {
        using var cancellation = new CancellationTokenSource();
        var rest = new byte[16 * 1024];
        try
        {
            if (message.Content?.ReadAsStreamAsync() is not { Status: TaskStatus.RanToCompletion } opening)
            {
                return;
            }

            for (var reads = 0; reads < MaxReads; reads++)
            {
                var read = opening.Result.ReadAsync(rest, 0, rest.Length, cancellation.Token);
                if (!read.IsCompleted)
                {
                    cancellation.Cancel();
                    _ = ObserveAsync(read);
                    return;
                }

                if (read.Status != TaskStatus.RanToCompletion || read.Result == 0)
                {
                    _ = ObserveAsync(read);
                    return;
                }
            }
        }
        catch (Exception)
        {
            // Closed already, which is what was wanted. And a read that the caller did not ask for must not fail it.
        }
    }

    private static async Task ObserveAsync(Task read)
    {
        try
        {
            await read.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Nobody waits for this read any more.
        }
    }
}
