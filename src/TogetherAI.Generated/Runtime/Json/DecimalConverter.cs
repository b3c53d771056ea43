using System.Numerics;
using Newtonsoft.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Writes a decimal as it was read: a whole number, such as a seed beyond 64 bits, stays one. Newtonsoft.Json would write
/// 7 as 7.0.
/// </summary>
internal sealed class DecimalConverter : JsonConverter
{
    public override bool CanRead => false;

    public override bool CanConvert(Type objectType) => objectType == typeof(decimal) || objectType == typeof(decimal?);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
        => throw new NotSupportedException("This converter only writes.");

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
    {
        switch ((decimal)value!)
        {
            case var whole and >= long.MinValue and <= long.MaxValue when IsWhole(whole):
                writer.WriteValue((long)whole);
                break;
            case var whole when IsWhole(whole):
                writer.WriteValue((object)new BigInteger(whole));
                break;
            case var fraction:
                writer.WriteValue(fraction);
                break;
        }
    }

    /// <summary>Whether a number has no decimal places, not even zeros.</summary>
    public static bool IsWhole(decimal number) => ((decimal.GetBits(number)[3] >> 16) & 0xFF) == 0;
}
