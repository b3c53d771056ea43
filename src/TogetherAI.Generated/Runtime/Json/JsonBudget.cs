namespace TogetherAI.Runtime.Json;

/// <summary>
/// Bounds what one JSON text becomes in memory, and how long that goes on: values of two bytes each would otherwise
/// become objects of a hundred.
/// </summary>
/// <remarks>Objects, arrays and free-form values count; numbers and texts of a known type do not, since they do not grow so.</remarks>
internal sealed class JsonBudget
{
    // An object of free-form JSON takes a few hundred bytes; so memory stays within a few times the limit in bytes.
    private const int BytesPerValue = 64;
    private const int MinValues = 4 * 1024;
    private const int ValuesBetweenLooks = 256;

    private readonly CancellationToken _cancellationToken;
    private int _left;
    private int _looks;

    private JsonBudget(int maxValues, CancellationToken cancellationToken)
    {
        MaxValues = maxValues;
        _left = maxValues;
        _cancellationToken = cancellationToken;
    }

    public int MaxValues { get; }

    /// <summary>The budget of a text that may be so long.</summary>
    /// <param name="maxBytes">How many bytes any such text may have.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static JsonBudget Of(int maxBytes, CancellationToken cancellationToken)
        => new(Math.Max(MinValues, maxBytes / BytesPerValue), cancellationToken);

    /// <summary>How many values a text of so many bytes may have, of which none is kept for longer than it is read.</summary>
    public static int MaxValuesOf(int maxBytes) => Math.Max(MinValues, maxBytes / BytesPerValue * 2);

    /// <summary>Counts a value.</summary>
    /// <exception cref="JsonTooLargeException">It is one too many.</exception>
    /// <exception cref="OperationCanceledException">The reading has been cancelled.</exception>
    public void Spend()
    {
        Look();
        if (--_left < 0)
        {
            throw new JsonTooLargeException(MaxValues);
        }
    }

    /// <summary>Looks now and then whether the reading has been cancelled.</summary>
    /// <exception cref="OperationCanceledException">It has.</exception>
    public void Look()
    {
        if (_looks++ % ValuesBetweenLooks == 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Begins again, since what was counted has been thrown away.</summary>
    public void Restart() => _left = MaxValues;
}
