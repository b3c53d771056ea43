using System.Globalization;
using Newtonsoft.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads times that are texts. A time without an offset is in UTC, whatever the time zone of the machine is.</summary>
internal sealed class TimeConverter : JsonConverter
{
    public override bool CanWrite => false;

    public override bool CanConvert(Type objectType) => (Nullable.GetUnderlyingType(objectType) ?? objectType) == typeof(DateTimeOffset);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) => reader.Value switch
    {
        null when reader.TokenType == JsonToken.Null && objectType != typeof(DateTimeOffset) => null,
        DateTimeOffset time => time,
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        _ => throw new JsonSerializationException($"The value at '{reader.Path}' is not a time."),
    };

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => throw new NotSupportedException();
}
