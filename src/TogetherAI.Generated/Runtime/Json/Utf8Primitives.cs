#if NET8_0_OR_GREATER
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads texts, numbers and truth values. Those that are written as one would expect are read here; all others as
/// Newtonsoft.Json reads them.
/// </summary>
internal static class Utf8Primitives
{
    public static string? ReadString(ref Utf8Source source) => source.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => source.ReadText(),
        _ => source.ReadSlowly(SlowReading.Text),
    };

    public static bool ReadBoolean(ref Utf8Source source) => Boolean(ref source) ?? source.ReadSlowly(SlowReading.Boolean) ?? source.GiveUp<bool>();

    public static bool? ReadBooleanOrNull(ref Utf8Source source) => IsNull(ref source) ? null : Boolean(ref source) ?? source.ReadSlowly(SlowReading.Boolean);

    public static int ReadInt32(ref Utf8Source source) => Int32(ref source) ?? source.ReadSlowly(SlowReading.Int32) ?? source.GiveUp<int>();

    public static int? ReadInt32OrNull(ref Utf8Source source) => IsNull(ref source) ? null : Int32(ref source) ?? source.ReadSlowly(SlowReading.Int32);

    public static long ReadInt64(ref Utf8Source source) => Int64(ref source) ?? source.ReadSlowly(SlowReading.Int64) ?? source.GiveUp<long>();

    public static long? ReadInt64OrNull(ref Utf8Source source) => IsNull(ref source) ? null : Int64(ref source) ?? source.ReadSlowly(SlowReading.Int64);

    public static decimal ReadDecimal(ref Utf8Source source) => Int64(ref source) ?? source.ReadSlowly(SlowReading.Decimal) ?? source.GiveUp<decimal>();

    public static decimal? ReadDecimalOrNull(ref Utf8Source source) => IsNull(ref source) ? null : Int64(ref source) ?? source.ReadSlowly(SlowReading.Decimal);

    public static double ReadDouble(ref Utf8Source source) => Double(ref source) ?? source.ReadSlowly(SlowReading.Double) ?? source.GiveUp<double>();

    public static double? ReadDoubleOrNull(ref Utf8Source source) => IsNull(ref source) ? null : Double(ref source) ?? source.ReadSlowly(SlowReading.Double);

    public static float ReadSingle(ref Utf8Source source) => (float?)Double(ref source) ?? source.ReadSlowly(SlowReading.Single) ?? source.GiveUp<float>();

    public static float? ReadSingleOrNull(ref Utf8Source source) => IsNull(ref source) ? null : (float?)Double(ref source) ?? source.ReadSlowly(SlowReading.Single);

    public static DateTimeOffset ReadTime(ref Utf8Source source) => ReadTimeOrNull(ref source) ?? source.GiveUp<DateTimeOffset>();

    public static DateTimeOffset? ReadTimeOrNull(ref Utf8Source source)
        => IsNull(ref source) ? null
            : source.TokenType == JsonTokenType.String && DateTimeOffset.TryParse(source.ReadText(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : source.ReadSlowly(SlowReading.Time);

    public static Guid ReadGuid(ref Utf8Source source) => ReadGuidOrNull(ref source) ?? source.GiveUp<Guid>();

    public static Guid? ReadGuidOrNull(ref Utf8Source source)
        => IsNullOrEmpty(ref source) ? null
            : source.TokenType == JsonTokenType.String && Guid.TryParse(source.ReadText(), out var id) ? id
            : source.GiveUp<Guid?>();

    public static Uri? ReadUri(ref Utf8Source source)
        => IsNullOrEmpty(ref source) ? null
            : source.TokenType == JsonTokenType.String && Uri.TryCreate(source.ReadText(), UriKind.RelativeOrAbsolute, out var address) ? address
            : source.GiveUp<Uri>();

    /// <summary>Reads free-form JSON. A text of any length becomes itself, without the buffers of Newtonsoft.Json.</summary>
    public static JToken? ReadFreeForm(ref Utf8Source source)
    {
        switch (source.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                source.Spend();
                return new JValue(source.ReadText());
            default:
                return source.ReadToken();
        }
    }

    private static bool IsNull(ref Utf8Source source) => source.TokenType == JsonTokenType.Null;

    private static bool IsNullOrEmpty(ref Utf8Source source) => source.TokenType == JsonTokenType.Null || (source.TokenType == JsonTokenType.String && source.Bytes.IsEmpty);

    private static bool? Boolean(ref Utf8Source source) => source.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    private static int? Int32(ref Utf8Source source)
    {
        var digits = source.Bytes;
        return source.TokenType == JsonTokenType.Number
            && Utf8Parser.TryParse(digits, out int value, out var length) && length == digits.Length
                ? value
                : null;
    }

    private static long? Int64(ref Utf8Source source)
    {
        var digits = source.Bytes;
        return source.TokenType == JsonTokenType.Number
            && Utf8Parser.TryParse(digits, out long value, out var length) && length == digits.Length
                ? value
                : null;
    }

    private static double? Double(ref Utf8Source source)
    {
        if (source.TokenType != JsonTokenType.Number)
        {
            return null;
        }

        var digits = source.Bytes;
        var number = Utf8Decimal.TryRead(digits, out var value) ? value : UnusualDouble(digits);
        // JSON that has been parsed has the integer 0 in place of "-0".
        return number is 0 && source.IsLenient && digits.SequenceEqual("-0"u8) ? 0 : number;
    }

    private static double? UnusualDouble(ReadOnlySpan<byte> digits)
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
