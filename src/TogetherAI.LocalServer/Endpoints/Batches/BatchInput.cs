using System.Runtime.CompilerServices;
using TogetherAI.LocalServer.Endpoints.Files;

namespace TogetherAI.LocalServer.Endpoints.Batches;

/// <summary>The requests of a batch, in the file that was uploaded for it.</summary>
internal sealed class BatchInput(StoredFile file)
{
    // The limits of the service.
    private const int MaxLines = 50_000;
    private const long MaxBytes = 100_000_000;

    /// <summary>The number of lines, once they have been checked.</summary>
    public int Count { get; private set; }

    /// <summary>Checks all lines before any is sent; null, or what is wrong with the file.</summary>
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        if (file.Facts.Bytes > MaxBytes)
        {
            return $"The input file has {file.Facts.Bytes} bytes; at most {MaxBytes} are allowed.";
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        await foreach (var text in file.LinesAsync(cancellationToken).ConfigureAwait(false))
        {
            number++;
            using var line = BatchLine.Parse(text, out var fault);
            fault ??= ids.Add(line!.Id) ? null : $"its custom_id {line.Id} is that of another line";
            fault ??= number > MaxLines ? $"at most {MaxLines} lines are allowed" : null;
            if (fault is not null)
            {
                return $"Line {number} of the input file is invalid: {fault}.";
            }
        }

        Count = number;
        return number == 0 ? "The input file has no lines." : null;
    }

    public async IAsyncEnumerable<BatchLine> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var text in file.LinesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return BatchLine.Parse(text, out _)!;
        }
    }
}
