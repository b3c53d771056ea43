#if NET8_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>
/// Reads and writes a type of this library by System.Text.Json, as the client does: with the names of the API, without what is not
/// set, and with the fields that the API description does not have.
/// </summary>
/// <typeparam name="T">The type, which already names this converter in an attribute.</typeparam>
/// <remarks>The options of the serializer have no influence.</remarks>
public sealed class TogetherAIJsonConverter<[DynamicallyAccessedMembers(ReadableTypes.Members)] T> : JsonConverter<T>
    where T : class
{
    /// <inheritdoc />
    /// <exception cref="JsonException">The JSON is no such object.</exception>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        try
        {
            return ApiJson.Deserialize<T>(Encoding.UTF8.GetBytes(json.RootElement.GetRawText()));
        }
        catch (Newtonsoft.Json.JsonException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <inheritdoc />
    /// <exception cref="JsonException">The value cannot be JSON.</exception>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        _ = writer ?? throw new ArgumentNullException(nameof(writer));
        try
        {
            using var json = ApiJson.Serialize(value);
            writer.WriteRawValue(json.ToArray(), skipInputValidation: true);
        }
        catch (Newtonsoft.Json.JsonException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }
}
#endif
