namespace TogetherAI;

/// <summary>
/// Finds a line <c>[DONE]</c> outside of any event at the end of what has arrived. To the event parser it is a field that
/// it does not know.
/// </summary>
internal sealed class BareDoneLine
{
    private const int TailLength = 16;

    private static readonly byte[] Line = "\n[done]"u8.ToArray();

    private readonly byte[] _tail = new byte[TailLength];

    // The beginning of the stream is the beginning of a line.
    public BareDoneLine() => _tail[TailLength - 1] = (byte)'\n';

    /// <summary>Whether that line is the last one so far, also where its line end is still to come.</summary>
    public bool IsLast
    {
        get
        {
            var end = TailLength;
            while (end > 0 && _tail[end - 1] is (byte)'\n' or (byte)'\r' or (byte)' ')
            {
                end--;
            }

            var start = end - Line.Length;
            if (start < 0 || _tail[start] is not ((byte)'\n' or (byte)'\r'))
            {
                return false;
            }

            for (var i = 1; i < Line.Length; i++)
            {
                if ((_tail[start + i] | 0x20) != (Line[i] | 0x20))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Takes note of bytes that have arrived.</summary>
    /// <returns>Whether they end with that line, its line end included.</returns>
    public bool Look(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= TailLength)
        {
            bytes.Slice(bytes.Length - TailLength).CopyTo(_tail);
        }
        else
        {
            _tail.AsSpan(bytes.Length).CopyTo(_tail);
            bytes.CopyTo(_tail.AsSpan(TailLength - bytes.Length));
        }

        return _tail[TailLength - 1] is (byte)'\n' or (byte)'\r' && IsLast;
    }
}
