using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Newtonsoft.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads and writes numbers that stay together, such as embeddings: an array, or the base64 text of their bytes, the least
/// significant one first. They are written as an array.
/// </summary>
internal sealed class VectorConverter : JsonConverter
{
    public override bool CanConvert(Type objectType) => (Nullable.GetUnderlyingType(objectType) ?? objectType) == typeof(ReadOnlyMemory<float>);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = NewtonsoftJson.CallerIsWarned)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = NewtonsoftJson.CallerIsWarned)]
    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
        => reader.TokenType switch
        {
            JsonToken.Null when Nullable.GetUnderlyingType(objectType) is not null => null,
            JsonToken.StartArray => new ReadOnlyMemory<float>(serializer.Deserialize<float[]>(reader)),
            JsonToken.String when BytesConverter.Decode((string)reader.Value!) is { } bytes && Numbers(bytes) is { } numbers => new ReadOnlyMemory<float>(numbers),
            _ => throw new JsonSerializationException($"The value at '{reader.Path}' is neither an array of numbers nor their base64."),
        };

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
    {
        writer.WriteStartArray();
        foreach (var number in ((ReadOnlyMemory<float>)value!).ToArray())
        {
            writer.WriteValue(number);
        }

        writer.WriteEndArray();
    }

    /// <summary>The numbers of bytes; null where the bytes are no whole number of them.</summary>
    public static float[]? Numbers(byte[] bytes)
        => bytes.Length % sizeof(float) == 0 ? MemoryMarshal.Cast<byte, float>(bytes).ToArray() : null;
}
