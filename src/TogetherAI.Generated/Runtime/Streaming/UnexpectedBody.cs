namespace TogetherAI.Runtime.Streaming;

/// <summary>
/// The beginning of a body that is JSON or a page instead of the event stream that its headers promise, or do not rule out.
/// To the event parser it would be nothing but fields that it does not know.
/// </summary>
internal sealed class UnexpectedBody
{
    private readonly int _maxBytes;
    private byte[]? _kept;
    private int _count;

    public UnexpectedBody(int maxBytes) => _maxBytes = maxBytes;

    /// <summary>Whether there was more than is kept.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>What is kept, from the first byte that is no white space.</summary>
    public ReadOnlySpan<byte> Bytes => _kept.AsSpan(0, _count);

    /// <summary>Looks at the next bytes of the body, and keeps them. A byte-order mark is none of them.</summary>
    /// <returns>False when the body may well be an event stream: there is nothing to keep of it.</returns>
    public bool TryAdd(ReadOnlySpan<byte> bytes)
    {
        if (_kept is null)
        {
            while (!bytes.IsEmpty && bytes[0] <= (byte)' ')
            {
                bytes = bytes.Slice(1);
            }

            if (bytes.IsEmpty)
            {
                return true;
            }

            if (bytes[0] is not ((byte)'{' or (byte)'[' or (byte)'<'))
            {
                return false;
            }

            _kept = new byte[_maxBytes];
        }

        var length = Math.Min(bytes.Length, _kept.Length - _count);
        bytes.Slice(0, length).CopyTo(_kept.AsSpan(_count));
        _count += length;
        IsTruncated |= length < bytes.Length;
        return true;
    }
}
