using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads free-form JSON, of which null is none: the property stays null instead of holding a token that says so.</summary>
internal sealed class FreeFormConverter : JsonConverter
{
    public override bool CanWrite => false;

    public override bool CanConvert(Type objectType) => objectType == typeof(JToken);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
        => reader.TokenType == JsonToken.Null ? null : JToken.ReadFrom(reader);

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
        => throw new NotSupportedException("This converter only reads.");
}
