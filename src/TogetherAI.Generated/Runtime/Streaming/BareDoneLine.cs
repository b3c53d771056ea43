namespace TogetherAI.Runtime.Streaming;

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

    // Where a bracket follows a line end. Every byte of a stream comes by here; a bracket is seldom.
    private static int NextCandidate(ReadOnlySpan<byte> bytes)
    {
        for (var position = 1; position < bytes.Length; position++)
        {
            var next = bytes.Slice(position).IndexOf(Line[0]);
            if (next < 0)
            {
                return NoMatch;
            }

            position += next;
            if (IsLineEnd(bytes[position - 1]))
            {
                return position;
            }
        }

        return NoMatch;
    }

    private static bool IsLineEnd(byte value) => value is (byte)'\n' or (byte)'\r';
}
