#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace TogetherAI.Runtime.Json;

/// <summary>The grammar of JSON's strings (RFC 8259, 7), for values that are looked at one by one.</summary>
internal static class JsonString
{
    /// <summary>What there is instead of a length where the bytes are no string.</summary>
    public const int None = -1;

#if NET8_0_OR_GREATER
    /// <summary>Bytes of the string that begins behind its quotation mark, up to the one that ends it.</summary>
    public static int Length(ReadOnlySpan<byte> json, out bool isEscaped)
    {
        // Most strings are short and have no escapes.
        if (json.Length >= Vector256<byte>.Count)
        {
            var block = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(json));
            var special = (Equal(block, '"') | Equal(block, '\\') | Vector256.LessThan(block, Vector256.Create((byte)' '))).ExtractMostSignificantBits();
            var first = BitOperations.TrailingZeroCount(special);
            if (special != 0 && json[first] == (byte)'"')
            {
                isEscaped = false;
                return first;
            }
        }

        return LengthByBlocks(json, out isEscaped);
    }

    // Each block is looked at as a whole, however many escapes are in it.
    private static int LengthByBlocks(ReadOnlySpan<byte> json, out bool isEscaped)
    {
        ref var start = ref MemoryMarshal.GetReference(json);
        isEscaped = false;
        var isNextEscaped = 0u;
        var position = 0;
        for (; position < json.Length - Vector256<byte>.Count; position += Vector256<byte>.Count)
        {
            var block = Vector256.LoadUnsafe(ref start, (nuint)position);
            var isFirstEscaped = isNextEscaped;
            var escapes = JsonEscape.Starts(block, ref isNextEscaped);
            var ends = Equal(block, '"').ExtractMostSignificantBits() & ~((escapes << 1) | isFirstEscaped);
            var inside = (ends - 1) & ~ends;
            var controls = Vector256.LessThan(block, Vector256.Create((byte)' ')).ExtractMostSignificantBits();
            escapes &= inside;
            isEscaped |= escapes != 0;
            if ((controls & inside) != 0 || (escapes != 0 && !JsonEscape.AreRight(escapes, json.Slice(position))))
            {
                return None;
            }

            if (ends != 0)
            {
                return position + BitOperations.TrailingZeroCount(ends);
            }
        }

        return LengthByBytes(json, position + (int)isNextEscaped, ref isEscaped);
    }

    private static Vector256<byte> Equal(Vector256<byte> block, char character) => Vector256.Equals(block, Vector256.Create((byte)character));
#else
    /// <summary>Bytes of the string that begins behind its quotation mark, up to the one that ends it.</summary>
    public static int Length(ReadOnlySpan<byte> json, out bool isEscaped)
    {
        isEscaped = false;
        return LengthByBytes(json, 0, ref isEscaped);
    }
#endif

    private static int LengthByBytes(ReadOnlySpan<byte> json, int position, ref bool isEscaped)
    {
        while (position < json.Length && json[position] >= (byte)' ')
        {
            if (json[position] == (byte)'"')
            {
                return position;
            }

            var escape = json[position] == (byte)'\\' ? JsonEscape.Length(json.Slice(position)) : 1;
            if (escape == 0)
            {
                return None;
            }

            isEscaped |= escape > 1;
            position += escape;
        }

        return None;
    }
}
