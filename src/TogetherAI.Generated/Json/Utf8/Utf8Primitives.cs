#if NET8_0_OR_GREATER
using System.Text.Json;

namespace TogetherAI;

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
            : type == typeof(double) ? new Utf8Read<double>(static (ref source) => ReadDouble(ref source) ?? source.ReadSlowly<double>())
            : type == typeof(double?) ? new Utf8Read<double?>(static (ref source) => IsNull(ref source) ? null : ReadDouble(ref source) ?? source.ReadSlowly<double?>())
            : type == typeof(float) ? new Utf8Read<float>(static (ref source) => (float?)ReadDouble(ref source) ?? source.ReadSlowly<float>())
            : null;
    }

    public static string? ReadString(ref Utf8Source source)
    {
        ref var reader = ref source.Reader;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String or JsonTokenType.PropertyName:
                return reader.ValueIsEscaped ? TogetherAIJson.Unescape(reader.ValueSpan) : TogetherAIJson.Decode(reader.ValueSpan);
            default:
                return source.ReadSlowly<string>();
        }
    }

    private static bool IsNull(ref Utf8Source source) => source.Reader.TokenType == JsonTokenType.Null;

    private static bool? ReadBoolean(ref Utf8Source source) => source.Reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    private static int? ReadInt32(ref Utf8Source source)
        => source.Reader.TokenType == JsonTokenType.Number && source.Reader.TryGetInt32(out var value) ? value : null;

    private static long? ReadInt64(ref Utf8Source source)
        => source.Reader.TokenType == JsonTokenType.Number && source.Reader.TryGetInt64(out var value) ? value : null;

    private static double? ReadDouble(ref Utf8Source source)
    {
        // Whole numbers beyond 64 bits are rounded in a way of their own by Newtonsoft.Json.
        var digits = source.Reader.ValueSpan;
        return source.Reader.TokenType == JsonTokenType.Number
            && (digits.Length <= 15 || digits.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
            && source.Reader.TryGetDouble(out var value)
            && !double.IsInfinity(value)
                ? value
                : null;
    }
}
#endif
