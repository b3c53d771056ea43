#if NET8_0_OR_GREATER
using System.Buffers.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads texts, numbers and truth values that are written as one would expect; all others are left to Newtonsoft.Json.
/// </summary>
internal static class Utf8Primitives
{
    public static Delegate? Find(Type type)
    {
        return type == typeof(string) ? new Utf8Read<string>(ReadString)
            : type == typeof(bool) ? new Utf8Read<bool>(static (ref source) => ReadBoolean(ref source) ?? source.ReadSlowly<bool>())
            : type == typeof(bool?) ? new Utf8Read<bool?>(static (ref source) => IsNull(ref source) ? null : ReadBoolean(ref source) ?? source.ReadSlowly<bool?>())
            : type == typeof(int) ? new Utf8Read<int>(static (ref source) => ReadInt32(ref source) ?? source.ReadSlowly<int>())
            : type == typeof(int?) ? new Utf8Read<int?>(static (ref source) => IsNull(ref source) ? null : ReadInt32(ref source) ?? source.ReadSlowly<int?>())
            : type == typeof(long) ? new Utf8Read<long>(static (ref source) => ReadInt64(ref source) ?? source.ReadSlowly<long>())
            : type == typeof(long?) ? new Utf8Read<long?>(static (ref source) => IsNull(ref source) ? null : ReadInt64(ref source) ?? source.ReadSlowly<long?>())
            : type == typeof(decimal?) ? new Utf8Read<decimal?>(static (ref source) => IsNull(ref source) ? null : ReadInt64(ref source) ?? source.ReadSlowly<decimal?>())
            : type == typeof(double) ? new Utf8Read<double>(static (ref source) => ReadDouble(ref source) ?? source.ReadSlowly<double>())
            : type == typeof(double?) ? new Utf8Read<double?>(static (ref source) => IsNull(ref source) ? null : ReadDouble(ref source) ?? source.ReadSlowly<double?>())
            : type == typeof(float) ? new Utf8Read<float>(static (ref source) => (float?)ReadDouble(ref source) ?? source.ReadSlowly<float>())
            : type == typeof(ReadOnlyMemory<byte>) ? new Utf8Read<ReadOnlyMemory<byte>>(Utf8Memory.ReadBytes)
            : type == typeof(ReadOnlyMemory<byte>?) ? new Utf8Read<ReadOnlyMemory<byte>?>(Utf8Memory.ReadBytesOrNull)
            : type == typeof(ReadOnlyMemory<float>) ? new Utf8Read<ReadOnlyMemory<float>>(Utf8Memory.ReadVector)
            : type == typeof(ReadOnlyMemory<float>?) ? new Utf8Read<ReadOnlyMemory<float>?>(Utf8Memory.ReadVectorOrNull)
            : type == typeof(JToken) ? new Utf8Read<JToken>(ReadFreeForm)
            : null;
    }

    // A text of any length becomes itself, without the buffers of Newtonsoft.Json.
    private static JToken? ReadFreeForm(ref Utf8Source source)
    {
        switch (source.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                source.Spend();
                return new JValue(source.ReadText());
            default:
                return source.ReadSlowly<JToken>();
        }
    }

    private static string? ReadString(ref Utf8Source source) => source.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => source.ReadText(),
        _ => source.ReadSlowly<string>(),
    };

    private static bool IsNull(ref Utf8Source source) => source.TokenType == JsonTokenType.Null;

    private static bool? ReadBoolean(ref Utf8Source source) => source.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    private static int? ReadInt32(ref Utf8Source source)
    {
        var digits = source.Bytes;
        return source.TokenType == JsonTokenType.Number
            && Utf8Parser.TryParse(digits, out int value, out var length) && length == digits.Length
                ? value
                : null;
    }

    private static long? ReadInt64(ref Utf8Source source)
    {
        var digits = source.Bytes;
        return source.TokenType == JsonTokenType.Number
            && Utf8Parser.TryParse(digits, out long value, out var length) && length == digits.Length
                ? value
                : null;
    }

    private static double? ReadDouble(ref Utf8Source source)
    {
        if (source.TokenType != JsonTokenType.Number)
        {
            return null;
        }

        var digits = source.Bytes;
        return Utf8Decimal.TryRead(digits, out var value) ? value : ReadUnusualDouble(digits);
    }

    private static double? ReadUnusualDouble(ReadOnlySpan<byte> digits)
    {
        // Whole numbers beyond 64 bits are rounded in a way of their own by Newtonsoft.Json.
        return digits.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0
            && Utf8Parser.TryParse(digits, out double value, out var length) && length == digits.Length
            && !double.IsInfinity(value)
                ? value
                : null;
    }
}
#endif
