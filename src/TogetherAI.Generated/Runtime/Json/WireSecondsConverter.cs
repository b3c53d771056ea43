using Newtonsoft.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads and writes seconds: a number, or the text of one.</summary>
internal abstract class WireSecondsConverter : JsonConverter
{
    public override bool CanConvert(Type objectType) => (Nullable.GetUnderlyingType(objectType) ?? objectType) == typeof(WireSeconds);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        var seconds = (reader.TokenType, reader.Value) switch
        {
            (JsonToken.Integer, long whole) => WireSeconds.OfWhole(whole),
            (JsonToken.Float, double fraction) => WireSeconds.OfFraction(fraction),
            (JsonToken.Float, decimal fraction) => WireSeconds.OfFraction((double)fraction),
            (JsonToken.String, string text) => WireSeconds.Parse(text),
            _ => null,
        };
        return reader.TokenType == JsonToken.Null ? null
            : seconds is { } value && Fits(value) ? value
            : throw new JsonSerializationException($"The value at '{reader.Path}' is not a number of seconds that .NET can express.");
    }

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => writer.WriteValue(((WireSeconds)value!).OnWire);

    protected abstract bool Fits(WireSeconds seconds);
}

/// <summary>Reads and writes times as seconds since 1970.</summary>
internal sealed class UnixTimeConverter : WireSecondsConverter
{
    protected override bool Fits(WireSeconds seconds) => seconds.Time is not null;
}

/// <summary>Reads and writes lengths as seconds.</summary>
internal sealed class DurationConverter : WireSecondsConverter
{
    protected override bool Fits(WireSeconds seconds) => seconds.Duration is not null;
}
