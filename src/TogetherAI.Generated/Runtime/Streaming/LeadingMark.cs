using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>
/// Leaves out the byte-order mark that an event stream may begin with (WHATWG HTML, 9.2.5), wherever its bytes are cut.
/// </summary>
internal struct LeadingMark
{
    private int _skipped;

    /// <summary>Looks at bytes that have arrived.</summary>
    /// <param name="bytes">What follows the bytes of the call before.</param>
    /// <returns>Those that are no part of the mark.</returns>
    public ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> bytes)
    {
        var mark = ApiJson.ByteOrderMark;
        for (; _skipped < mark.Length && !bytes.IsEmpty; _skipped++)
        {
            if (bytes[0] != mark[_skipped])
            {
                _skipped = mark.Length;
                break;
            }

            bytes = bytes.Slice(1);
        }

        return bytes;
    }
}
