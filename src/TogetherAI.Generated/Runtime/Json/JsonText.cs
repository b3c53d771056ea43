using System.Buffers;
using System.Text.Json;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
#endif

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Strings and names of JSON as they stand between their quotation marks. Their escapes are known to be right. Half of an
/// escaped pair of surrogates is kept, and bytes that are not UTF-8 are replaced, as Newtonsoft.Json does.
/// </summary>
internal static class JsonText
{
    public static string Decode(ReadOnlySpan<byte> utf8, bool isEscaped)
        => isEscaped ? Unescape(utf8) : ApiJson.Decode(utf8);

    /// <summary>The same for the string or name that a reader has read, which itself refuses half a pair and what is not UTF-8.</summary>
    public static string Decode(ref Utf8JsonReader reader)
        => Decode(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan, reader.ValueIsEscaped);

    /// <summary>Whether it is a certain text, which has no escapes.</summary>
    public static bool Is(ReadOnlySpan<byte> utf8, bool isEscaped, ReadOnlySpan<byte> text)
        => isEscaped
            ? string.Equals(Unescape(utf8), ApiJson.Decode(text), StringComparison.Ordinal)
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
#if NET8_0_OR_GREATER
            written += UnescapeAscii(utf8.Slice(read), text.Slice(written), out var done);
            read += done;
#endif
            var run = utf8.Slice(read).IndexOf((byte)'\\');
            run = run < 0 ? utf8.Length - read : run;
            written += Decode(utf8.Slice(read, run), text.Slice(written));
            read += run;
            if (read < utf8.Length)
            {
                text[written++] = JsonEscape.Read(utf8.Slice(read), out var length);
                read += length;
            }
        }

        return written;
    }

    private static int Decode(ReadOnlySpan<byte> run, Span<char> text)
    {
#if NET8_0_OR_GREATER
        return Encoding.UTF8.GetChars(run, text);
#else
        var decoded = ApiJson.Decode(run);
        decoded.AsSpan().CopyTo(text);
        return decoded.Length;
#endif
    }

#if NET8_0_OR_GREATER
    // What is written with escapes often has very many: JSON or code in a tool call. Those of a block are found together, so
    // that none waits for the one before it. Ends behind an escape, where the text does or something is not ASCII.
    //
    // References instead of spans, whose checks would cost as much as the rest. Runs are copied in pieces of a vector, so
    // that up to a vector is read and written behind them; hence the loop stops a block before the end. There is never more
    // text than bytes, and what is written too much is overwritten by what follows.
    private static int UnescapeAscii(ReadOnlySpan<byte> utf8, Span<char> text, out int done)
    {
        ref var source = ref MemoryMarshal.GetReference(utf8);
        ref var target = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        var read = (nuint)0;
        var written = (nuint)0;
        var isNextEscaped = 0u;
        for (var start = 0; start <= utf8.Length - (2 * Vector256<byte>.Count); start += Vector256<byte>.Count)
        {
            var block = Vector256.LoadUnsafe(ref source, (nuint)start);
            if (block.ExtractMostSignificantBits() != 0)
            {
                break;
            }

            for (var escapes = JsonEscape.Starts(block, ref isNextEscaped); escapes != 0; escapes &= escapes - 1)
            {
                var escape = (nuint)(start + BitOperations.TrailingZeroCount(escapes));
                var end = written + escape - read;
                for (; written < end; written += (nuint)Vector128<byte>.Count, read += (nuint)Vector128<byte>.Count)
                {
                    var (lower, upper) = Vector128.Widen(Vector128.LoadUnsafe(ref source, read));
                    lower.StoreUnsafe(ref target, written);
                    upper.StoreUnsafe(ref target, written + (nuint)Vector128<ushort>.Count);
                }

                var character = JsonEscape.Simple(Unsafe.Add(ref source, escape + 1));
                read = escape + JsonEscape.SimpleLength;
                if (character == 0)
                {
                    character = JsonEscape.ReadHex(utf8.Slice((int)escape));
                    read = escape + JsonEscape.HexLength;
                }

                Unsafe.Add(ref target, end) = character;
                written = end + 1;
            }
        }

        done = (int)read;
        return (int)written;
    }
#endif
}
