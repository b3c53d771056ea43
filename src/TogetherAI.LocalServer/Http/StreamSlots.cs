using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>Counts open streams and turns away what is over the limit.</summary>
internal sealed class StreamSlots(int limit)
{
    private int _inUse;

    public int InUse => Volatile.Read(ref _inUse);

    /// <summary>Takes a place until the result is disposed.</summary>
    public IDisposable Take()
    {
        if (Interlocked.Increment(ref _inUse) > limit)
        {
            Interlocked.Decrement(ref _inUse);
            throw new ApiErrorException(
                StatusCodes.Status503ServiceUnavailable,
                $"All {limit} streams of this server are in use.",
                "service_unavailable");
        }

        return new Slot(this);
    }

    private sealed class Slot(StreamSlots slots) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref slots._inUse);
    }
}
