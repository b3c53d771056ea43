namespace TogetherAI.Runtime.Streaming;

/// <summary>
/// Watches the beginning of a stream of which nobody looks at the events, until it shows whether it is one. Its headers
/// may promise an event stream, and its body be a page or a message about an error all the same.
/// </summary>
internal sealed class StreamBeginning
{
    private LeadingMark _mark;

    public StreamBeginning(int maxBytes) => Body = new UnexpectedBody(maxBytes);

    /// <summary>What has been kept of it; nothing as long as only white space has come.</summary>
    public UnexpectedBody Body { get; }

    /// <summary>Whether the stream has shown that it is no event stream.</summary>
    public bool IsUnexpected => !Body.Bytes.IsEmpty;

    /// <summary>Looks at the next bytes.</summary>
    /// <returns>False when the stream may well be an event stream: there is nothing to watch any more.</returns>
    public bool TryAdd(ReadOnlySpan<byte> bytes)
        => Body.TryAdd(_mark.Skip(bytes)) && !IsDone(Body.Bytes);

    // The line [DONE] outside of any event is an end that some servers send.
    private static bool IsDone(ReadOnlySpan<byte> bytes)
        => bytes.Length > 0 && bytes[0] == (byte)'[' && (bytes.Length == 1 || (bytes[1] | 0x20) == 'd');
}
