namespace TogetherAI;

/// <summary>
/// Whether a stream has said all it had to say: every choice that appeared has had a finish reason, or the chunk came
/// that only the last one can be.
/// </summary>
internal sealed class StreamProgress
{
    private readonly HashSet<int> _seen = [];
    private readonly HashSet<int> _finished = [];
    private bool _sawFinalChunk;

    public bool IsComplete => _sawFinalChunk || (_seen.Count > 0 && _finished.Count == _seen.Count);

    /// <summary>The index of the choice that is read as the answer; null until one has come.</summary>
    public int? Answer { get; set; }

    public void ChoiceSeen(int index) => _seen.Add(index);

    public void ChoiceFinished(int index) => _finished.Add(index);

    public void FinalChunkSeen() => _sawFinalChunk = true;
}
