using System.Runtime.CompilerServices;

namespace TogetherAI.Runtime.Http;

/// <summary>Reads the items of a list that comes in pages, each page when enumeration comes to it.</summary>
internal static class PageSequence
{
    /// <summary>Reads all items.</summary>
    /// <param name="read">Fetches the page of a cursor; the first one has none.</param>
    /// <param name="itemsOf">The items of a page.</param>
    /// <param name="nextOf">The cursor of the page behind it; null or empty where there is none.</param>
    /// <param name="cancellationToken">Ends the sequence.</param>
    /// <exception cref="TogetherAIInvalidResponseException">A page names itself as the next one.</exception>
    public static async IAsyncEnumerable<TItem> ReadAsync<TPage, TItem, TCursor>(
        Func<TCursor?, CancellationToken, Task<TPage>> read,
        Func<TPage, IReadOnlyList<TItem>> itemsOf,
        Func<TPage, TCursor?> nextOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = default(TCursor);
        while (true)
        {
            var page = await read(cursor, cancellationToken).ConfigureAwait(false);
            foreach (var item in itemsOf(page))
            {
                yield return item;
            }

            var next = nextOf(page);
            if (next is null or "")
            {
                yield break;
            }

            if (EqualityComparer<TCursor>.Default.Equals(next, cursor!))
            {
                throw new TogetherAIInvalidResponseException($"The page of the cursor '{cursor}' names itself as the next one. Its items have been delivered; there may be more.");
            }

            cursor = next;
        }
    }
}
