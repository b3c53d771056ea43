namespace TogetherAI;

/// <summary>
/// Closes the connection of a response that is left before its end. Disposing alone does not do that on every HTTP stack:
/// some read the rest first, in order to use the connection again, while the server goes on generating for nobody. A read
/// that is cancelled closes it at once on all of them.
/// </summary>
internal sealed class ConnectionGuard
{
    // What has arrived already is read without waiting; there cannot be more of it than the buffers on the way hold.
    private const int MaxReads = 64;

    private readonly HttpResponseMessage _message;
    private readonly Stream _body;
    private volatile bool _isReading;
    private int _isReleased;

    public ConnectionGuard(HttpResponseMessage message, Stream body)
    {
        _message = message;
        _body = body;
    }

    /// <summary>Notes that a read begins; it must look at its token afterwards.</summary>
    public void BeginRead()
    {
        _isReading = true;
        AsymmetricBarrier.Often();
    }

    public void EndRead() => _isReading = false;

    /// <summary>The connection need not be closed any more.</summary>
    public void Release() => Interlocked.Exchange(ref _isReleased, 1);

    /// <summary>
    /// Closes the connection, and never fails. A read that is going on ends by its own token, or because the message is
    /// disposed.
    /// </summary>
    public void Close()
    {
        if (Volatile.Read(ref _isReleased) == 0 && !IsReading() && Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            CancelRead();
        }

        ResponseBody.Close(_message);
    }

    // A read that begins in this moment either is seen here, or sees its token cancelled.
    private bool IsReading()
    {
        AsymmetricBarrier.Seldom();
        return _isReading;
    }

    private void CancelRead()
    {
        using var cancellation = new CancellationTokenSource();
        var rest = new byte[16 * 1024];
        try
        {
            for (var reads = 0; reads < MaxReads; reads++)
            {
                var read = _body.ReadAsync(rest, 0, rest.Length, cancellation.Token);
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
