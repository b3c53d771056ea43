namespace TogetherAI;

public sealed partial class ResponseInput
{
    /// <summary>Enumerates the items; a string is one item, a user message.</summary>
    public IEnumerator<ResponseItem> GetEnumerator()
        => (Items ?? (Text is { } text ? [ResponseItem.FromUser(text)] : [])).GetEnumerator();
}
