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

    // Invariant: "next" is the one step that has been begun; it is awaited once, here or on leaving.
    private static async IAsyncEnumerable<IReadOnlyList<T>> BatchesAsync<T>(IAsyncEnumerable<T> source, int maxItems, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var items = source.GetAsyncEnumerator(leaving.Token);
        var next = default(ValueTask<bool>);
        var isPending = false;
        try
        {
            while (true)
            {
                bool hasNext;
                try
                {
                    var step = isPending ? next : items.MoveNextAsync();
                    isPending = false;
                    hasNext = await step.ConfigureAwait(false);
                }
                catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
                {
                    // The token that the source saw is none that the caller knows.
                    throw new OperationCanceledException(exception.Message, exception, cancellationToken);
                }

                if (!hasNext)
                {
                    break;
                }

                var batch = new List<T>();
                do
                {
                    batch.Add(items.Current);
                    next = items.MoveNextAsync();
                    isPending = !next.IsCompletedSuccessfully;
                }
                while (!isPending && (hasNext = next.Result) && batch.Count < maxItems);

                // A full batch, or the last one: the step has ended, and its result is known.
                if (!isPending)
                {
                    next = new ValueTask<bool>(hasNext);
                    isPending = true;
                }

                yield return batch;
            }
        }
        finally
        {
            if (isPending)
            {
                await LeaveAsync(next, leaving).ConfigureAwait(false);
            }

            await items.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Most enumerators cannot be disposed while a step of theirs is pending. Nobody asks any more how it ends.
    private static async ValueTask LeaveAsync(ValueTask<bool> step, CancellationTokenSource leaving)
    {
        if (!step.IsCompleted)
        {
            leaving.Cancel();
        }

        try
        {
            await step.ConfigureAwait(false);
        }
        catch (Exception)
        {
        }
    }
}
