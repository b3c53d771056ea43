namespace TogetherAI;

/// <summary>
/// Finds a line <c>[DONE]</c> outside of any event, wherever the bytes are cut. To the event parser it is a field that it
/// does not know.
/// </summary>
internal sealed class BareDoneLine
{
    private const int NoMatch = -1;

    private static ReadOnlySpan<byte> Line => "[done]"u8;

    // How much of the line has come, or NoMatch. The beginning of the stream is the beginning of a line.
    private int _matched;

    /// <summary>Whether the line has come, also where its line end is still to come.</summary>
    public bool IsFound => _matched == Line.Length;

    /// <summary>Searches bytes that have arrived.</summary>
    /// <param name="bytes">What follows the bytes of the call before.</param>
    /// <param name="end">Where the line ends, its line end included.</param>
    public bool TryFind(ReadOnlySpan<byte> bytes, out int end)
    {
        var position = 0;
        while (position < bytes.Length)
        {
            if (_matched == NoMatch)
            {
                var start = NextCandidate(bytes.Slice(position));
                if (start < 0)
                {
                    _matched = IsLineEnd(bytes[bytes.Length - 1]) ? 0 : NoMatch;
                    break;
                }

                position += start;
                _matched = 0;
            }

            var next = bytes[position++];
            if (IsFound && IsLineEnd(next))
            {
                end = position;
                return true;
            }

            if (!IsFound && (next | 0x20) == (Line[_matched] | 0x20))
            {
                _matched++;
            }
            else if (!IsFound || next != (byte)' ')
            {
                _matched = IsLineEnd(next) ? 0 : NoMatch;
            }
        }

        end = 0;
        return false;
    }

    // A search for two bytes is faster than a look at every line, and one for a byte that is rarely there faster still.
    private static int NextCandidate(ReadOnlySpan<byte> bytes)
    {
        var lineEnd = bytes.IndexOf("\n["u8);
        if (bytes.IndexOf((byte)'\r') >= 0)
        {
            var afterReturn = (lineEnd < 0 ? bytes : bytes.Slice(0, lineEnd)).IndexOf("\r["u8);
            lineEnd = afterReturn >= 0 ? afterReturn : lineEnd;
        }

        return lineEnd < 0 ? -1 : lineEnd + 1;
    }

    private static bool IsLineEnd(byte value) => value is (byte)'\n' or (byte)'\r';
}
