using System.Text.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>
/// Whether a stream has said all it had to say: every choice that appeared has had a finish reason, or the chunk came
/// that only the last one can be.
/// </summary>
internal sealed class StreamProgress
{
    // Far more than any request can ask for.
    private const int MaxChoices = 4 * 1024;

    private readonly bool _requiresDone;
    private readonly HashSet<int> _seen = [];
    private readonly Dictionary<int, string> _finished = [];
    private bool _hasEnded;
    private ulong _marks;
    private ulong _refutedMarks;

    /// <param name="requiresDone">Whether only <c>[DONE]</c> completes the stream, which the chunks never are.</param>
    public StreamProgress(bool requiresDone = false) => _requiresDone = requiresDone;

    public bool IsComplete => !_requiresDone && (_hasEnded || HasMark || (_seen.Count > 0 && _finished.Count == _seen.Count));

    /// <summary>The index of the choice that is read as the response; null until one has come.</summary>
    public int? Answer { get; set; }

    /// <summary>Whether any chunk had the array of choices, be it empty.</summary>
    public bool HasChoices { get; private set; }

    /// <summary>Whether a choice had one of the fields that lead to its text, be it empty.</summary>
    public bool HasTextPlace { get; set; }

    /// <summary>Whether a choice had something that could be a text, in none of the places where its text may stand.</summary>
    public bool HasUnknownPlace { get; set; }

    /// <summary>Whether a mark of the last chunk came that nothing has refuted.</summary>
    public bool HasMark => (_marks & ~_refutedMarks) != 0;

    /// <summary>Why generation of the response ended; null where it did not say, or not yet.</summary>
    public string? FinishReason { get; set; }

    /// <summary>The same for each choice that has ended, by its index.</summary>
    public IReadOnlyDictionary<int, string> FinishReasons => _finished;

    /// <summary>A chunk has the array of choices.</summary>
    public void ChoicesSeen() => HasChoices = true;

    /// <exception cref="JsonException">There are too many of them to be remembered.</exception>
    public void ChoiceSeen(int index)
    {
        if (_seen.Add(index) && _seen.Count > MaxChoices)
        {
            throw new JsonException($"The stream has more than {MaxChoices} choices.");
        }
    }

    public void ChoiceFinished(int index, string reason) => _finished[index] = reason;

    /// <summary>The chunk said why generation ended, for all choices.</summary>
    public void EndSeen() => _hasEnded = true;

    /// <summary>
    /// Takes the marks of the last chunk that a chunk has, a bit for each. One that comes again, or before more text, marks
    /// nothing: the server sends it with every chunk.
    /// </summary>
    /// <param name="marks">The marks; 0 for none.</param>
    /// <param name="hasText">Whether the chunk has text.</param>
    public void MarksSeen(ulong marks, bool hasText)
    {
        _refutedMarks |= _marks & (hasText ? ulong.MaxValue : marks);
        _marks |= marks;
    }
}
