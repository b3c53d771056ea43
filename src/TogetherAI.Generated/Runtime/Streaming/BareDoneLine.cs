#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.InteropServices;
#endif

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

    // Where a bracket follows a line end. Every byte of a stream comes by here, so as many as possible are looked at together.
    private static int NextCandidate(ReadOnlySpan<byte> bytes)
    {
        var position = 1;
#if NET8_0_OR_GREATER
        var lineFeed = new Vector<byte>((byte)'\n');
        var carriageReturn = new Vector<byte>((byte)'\r');
        var bracket = new Vector<byte>(Line[0]);
        ref var start = ref MemoryMarshal.GetReference(bytes);
        for (; position <= bytes.Length - Vector<byte>.Count; position += Vector<byte>.Count)
        {
            var before = Vector.LoadUnsafe(ref start, (nuint)position - 1);
            var lineEnds = Vector.Equals(before, lineFeed) | Vector.Equals(before, carriageReturn);
            if ((lineEnds & Vector.Equals(Vector.LoadUnsafe(ref start, (nuint)position), bracket)) != Vector<byte>.Zero)
            {
                break;
            }
        }
#endif
        for (; position < bytes.Length; position++)
        {
            if (bytes[position] == Line[0] && IsLineEnd(bytes[position - 1]))
            {
                return position;
            }
        }

        return NoMatch;
    }

    private static bool IsLineEnd(byte value) => value is (byte)'\n' or (byte)'\r';
}
