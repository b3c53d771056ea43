using System.Runtime.CompilerServices;

namespace TogetherAI;

/// <summary>Extension methods for streams.</summary>
public static class TogetherAIStreamExtensions
{
    /// <summary>
    /// Reads the items of a stream in batches of items that arrived together, so that a relay needs one write and one
    /// flush per batch. No item is delayed to fill a batch.
    /// </summary>
    /// <typeparam name="T">The type of the items: strings or chunks.</typeparam>
    /// <param name="source">The stream, for example of tokens.</param>
    /// <param name="maxItems">The maximum number of items in a batch. Default: 256.</param>
    /// <param name="cancellationToken">The token to cancel the enumeration.</param>
    /// <returns>
    /// The batches in the order of the items, none of them empty. Each batch is a new list, which the caller may keep.
    /// Items that arrived before a failure are returned before its exception is thrown.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxItems"/> is less than 1.</exception>
    public static IAsyncEnumerable<IReadOnlyList<T>> InBatchesAsync<T>(this IAsyncEnumerable<T> source, int maxItems = 256, CancellationToken cancellationToken = default)
    {
        _ = source ?? throw new ArgumentNullException(nameof(source));
        return maxItems > 0
            ? BatchesAsync(source, maxItems, cancellationToken)
            : throw new ArgumentOutOfRangeException(nameof(maxItems), maxItems, "The batch size must be at least 1.");
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> BatchesAsync<T>(IAsyncEnumerable<T> source, int maxItems, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var items = source.GetAsyncEnumerator(leaving.Token);
        Task<bool>? pending = null;
        try
        {
            var hasNext = await StepAsync(items.MoveNextAsync(), cancellationToken).ConfigureAwait(false);
            while (hasNext)
            {
                var batch = new List<T>();
                do
                {
                    batch.Add(items.Current);
                    var next = items.MoveNextAsync();
                    pending = next.IsCompletedSuccessfully ? null : next.AsTask();
                    hasNext = pending is null && next.Result;
                }
                while (hasNext && batch.Count < maxItems);

                yield return batch;
                hasNext = pending is null ? hasNext : await StepAsync(new ValueTask<bool>(pending), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await LeaveAsync(items, pending, leaving).ConfigureAwait(false);
        }
    }

    // The token that the source saw is none that the caller knows.
    private static async ValueTask<bool> StepAsync(ValueTask<bool> step, CancellationToken cancellationToken)
    {
        try
        {
            return await step.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    // Most enumerators cannot be disposed while a step of theirs is pending.
    private static async Task LeaveAsync<T>(IAsyncEnumerator<T> items, Task<bool>? pending, CancellationTokenSource leaving)
    {
        if (pending is { IsCompleted: false })
        {
            leaving.Cancel();
            await Task.WhenAny(pending).ConfigureAwait(false);
        }

        _ = pending?.Exception;
        await items.DisposeAsync().ConfigureAwait(false);
    }
}
