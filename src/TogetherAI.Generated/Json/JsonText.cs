using System.Buffers;
using System.Text;

namespace TogetherAI;

/// <summary>
/// Strings and names of JSON as they stand between their quotation marks. Their escapes are known to be right. Half of an
/// escaped pair of surrogates is kept, and bytes that are not UTF-8 are replaced, as Newtonsoft.Json does.
/// </summary>
internal static class JsonText
{
    // What is written with escapes often has many of them. A loop is faster than a search while they are near.
    private const int ShortRun = 16;

    public static string Decode(ReadOnlySpan<byte> utf8, bool isEscaped)
        => isEscaped ? Unescape(utf8) : TogetherAIJson.Decode(utf8);

    /// <summary>Whether it is a certain text, which has no escapes.</summary>
    public static bool Is(ReadOnlySpan<byte> utf8, bool isEscaped, ReadOnlySpan<byte> text)
        => isEscaped
            ? string.Equals(Unescape(utf8), TogetherAIJson.Decode(text), StringComparison.Ordinal)
            : utf8.SequenceEqual(text);

    private static string Unescape(ReadOnlySpan<byte> utf8)
    {
        var buffer = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return new string(buffer, 0, Unescape(utf8, buffer));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static int Unescape(ReadOnlySpan<byte> utf8, Span<char> text)
    {
        var written = 0;
        for (var read = 0; read < utf8.Length;)
        {
            var near = Math.Min(utf8.Length, read + ShortRun);
            while (read < near && utf8[read] is < 0x80 and not (byte)'\\')
            {
                text[written++] = (char)utf8[read++];
            }

            if (read < utf8.Length && utf8[read] == (byte)'\\')
            {
                text[written++] = JsonEscape.Read(utf8.Slice(read), out var length);
                read += length;
                continue;
            }

            var far = utf8.Slice(read);
            var end = far.IndexOf((byte)'\\');
            far = end < 0 ? far : far.Slice(0, end);
            written += Decode(far, text.Slice(written));
            read += far.Length;
        }

        return written;
    }

    private static int Decode(ReadOnlySpan<byte> run, Span<char> text)
    {
#if NET8_0_OR_GREATER
        return Encoding.UTF8.GetChars(run, text);
#else
        var decoded = Encoding.UTF8.GetString(run.ToArray());
        decoded.AsSpan().CopyTo(text);
        return decoded.Length;
#endif
    }
}
