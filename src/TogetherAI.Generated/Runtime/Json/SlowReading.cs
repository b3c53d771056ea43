#if NET8_0_OR_GREATER
using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads a value that is not written as one would expect, as the serializer of Newtonsoft.Json does.</summary>
/// <param name="reader">Stands before the value.</param>
/// <param name="isLenient">Whether numbers and truth values may stand where a text belongs; they are the text that they are written as.</param>
internal delegate T? SlowRead<out T>(JsonReader reader, bool isLenient);

/// <summary>How values of each kind are read by way of Newtonsoft.Json's reader.</summary>
internal static class SlowReading
{
    private static readonly LenientTextConverter Texts = new();
    private static readonly LenientIntegerConverter Integers = new();
    private static readonly TimeConverter Times = new();

    public static string? Text(JsonReader reader, bool isLenient)
        => isLenient ? (string?)Texts.ReadJson(Begun(reader), typeof(string), null, null!) : reader.ReadAsString();

    public static bool? Boolean(JsonReader reader, bool isLenient) => reader.ReadAsBoolean();

    public static double? Double(JsonReader reader, bool isLenient) => reader.ReadAsDouble();

    public static float? Single(JsonReader reader, bool isLenient) => (float?)reader.ReadAsDouble();

    public static decimal? Decimal(JsonReader reader, bool isLenient) => reader.ReadAsDecimal();

    public static int? Int32(JsonReader reader, bool isLenient) => (int?)Integers.ReadJson(Begun(reader), typeof(int?), null, null!);

    public static long? Int64(JsonReader reader, bool isLenient) => (long?)Integers.ReadJson(Begun(reader), typeof(long?), null, null!);

    public static DateTimeOffset? Time(JsonReader reader, bool isLenient) => (DateTimeOffset?)Times.ReadJson(Begun(reader), typeof(DateTimeOffset?), null, null!);

    /// <summary>The reader on the first token of the value.</summary>
    public static JsonReader Begun(JsonReader reader)
    {
        reader.Read();
        return reader;
    }

    /// <summary>Reads a value from its bytes.</summary>
    /// <exception cref="JsonException">It is no such value.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> utf8, SlowRead<T> read, bool isLenient)
    {
        try
        {
            if (isLenient)
            {
                using var parsed = new JTokenReader(ApiJson.ReadToken(utf8, budget: null) ?? JValue.CreateNull()) { Culture = CultureInfo.InvariantCulture };
                return read(parsed, true);
            }

            using var text = PooledTextReader.Decode(utf8);
            using var reader = ApiJson.CreateReader(text, budget: null);
            return read(reader, false);
        }
        catch (Exception exception) when (exception is OverflowException or FormatException or InvalidCastException)
        {
            throw new JsonSerializationException(exception.Message, exception);
        }
    }
}
#endif
