using System.Globalization;
using Newtonsoft.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads integers that a server wrote as floating-point numbers, such as a time of <c>1.77e9</c>, or as text. Servers that
/// compute in floating point do that, and a whole response should not fail over it.
/// </summary>
internal sealed class LenientIntegerConverter : JsonConverter
{
    public override bool CanWrite => false;

    public override bool CanConvert(Type objectType)
    {
        var type = Nullable.GetUnderlyingType(objectType) ?? objectType;
        return type == typeof(int) || type == typeof(long);
    }

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        var type = Nullable.GetUnderlyingType(objectType);
        if (reader.TokenType == JsonToken.Null && type is not null)
        {
            return null;
        }

        var value = reader.TokenType switch
        {
            JsonToken.Integer or JsonToken.Float => reader.Value,
            JsonToken.String => JsonInteger.Read((string)reader.Value!),
            _ => null,
        };
        if (value is double number && number != Math.Floor(number))
        {
            throw Unreadable(reader);
        }

        try
        {
            // The cast keeps an int from becoming a long, which a boxed nullable int would not accept.
            return (type ?? objectType) == typeof(int)
                ? (object)Convert.ToInt32(value ?? throw Unreadable(reader), CultureInfo.InvariantCulture)
                : Convert.ToInt64(value ?? throw Unreadable(reader), CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is OverflowException or InvalidCastException)
        {
            throw Unreadable(reader, exception);
        }
    }

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
        => throw new NotSupportedException("This converter only reads.");

    private static JsonSerializationException Unreadable(JsonReader reader, Exception? cause = null)
        => new($"The value at '{reader.Path}' is not an integer that fits.", cause!);
}
