using Newtonsoft.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads and writes bytes as base64 text.</summary>
internal sealed class BytesConverter : JsonConverter
{
    public override bool CanConvert(Type objectType) => (Nullable.GetUnderlyingType(objectType) ?? objectType) == typeof(ReadOnlyMemory<byte>);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        switch (reader.TokenType)
        {
            case JsonToken.Null when Nullable.GetUnderlyingType(objectType) is not null:
                return null;
            case JsonToken.Bytes:
                return new ReadOnlyMemory<byte>((byte[])reader.Value!);
            case JsonToken.String:
                return new ReadOnlyMemory<byte>(Decode((string)reader.Value!) ?? throw Unreadable(reader));
            default:
                throw Unreadable(reader);
        }
    }

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => writer.WriteValue(Encode((ReadOnlyMemory<byte>)value!));

    /// <summary>The bytes that a text stands for; null where it is no base64.</summary>
    public static byte[]? Decode(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public static string Encode(ReadOnlyMemory<byte> bytes)
#if NET8_0_OR_GREATER
        => Convert.ToBase64String(bytes.Span);
#else
        => Convert.ToBase64String(bytes.ToArray());
#endif

    private static JsonSerializationException Unreadable(JsonReader reader) => new($"The value at '{reader.Path}' is not base64.");
}
