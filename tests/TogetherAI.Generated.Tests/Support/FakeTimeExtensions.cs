using Microsoft.Extensions.Time.Testing;

namespace TogetherAI.Tests.Support;

/// <summary>Moves a fake clock where a test cannot see the moment in which the client begins to wait.</summary>
public static class FakeTimeExtensions
{
    public static async Task AdvanceUntilAsync(this FakeTimeProvider time, Task end, TimeSpan step, CancellationToken cancellationToken)
    {
        while (!end.IsCompleted)
        {
            time.Advance(step);
            await Task.WhenAny(end, Task.Delay(1, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Moves the clock until the call has ended.</summary>
    public static async Task WithAdvance(this Task call, FakeTimeProvider time, TimeSpan step)
    {
        await time.AdvanceUntilAsync(call, step, CancellationToken.None);
        await call;
    }
}
