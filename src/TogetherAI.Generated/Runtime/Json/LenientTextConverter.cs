using Newtonsoft.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads texts from JSON that has been parsed: a number, true and false are the text that they are written as.</summary>
internal sealed class LenientTextConverter : JsonConverter
{
    public override bool CanWrite => false;

    public override bool CanConvert(Type objectType) => objectType == typeof(string);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) => reader.TokenType switch
    {
        JsonToken.Null => null,
        JsonToken.String => reader.Value,
        JsonToken.Integer or JsonToken.Float or JsonToken.Boolean => JsonConvert.ToString(reader.Value),
        _ => throw new JsonSerializationException($"The value at '{reader.Path}' is not a text."),
    };

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
        => throw new NotSupportedException("This converter only reads.");
}
