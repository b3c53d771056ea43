using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads and writes a union. Whatever the server sends is read: what is none of the known types is kept as JSON.
/// </summary>
internal abstract class UnionConverter<TUnion> : JsonConverter
    where TUnion : class, IUnion
{
    public override bool CanConvert(Type objectType) => objectType == typeof(TUnion);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
        => JToken.ReadFrom(reader) is { Type: not JTokenType.Null } json ? Create(json) : null;

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = NewtonsoftJson.CallerIsWarned)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = NewtonsoftJson.CallerIsWarned)]
    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
        => serializer.Serialize(writer, ((IUnion)value!).Value);

    protected abstract TUnion Create(JToken json);

#if !NET8_0_OR_GREATER
    /// <summary>Reads the JSON as a type of the document; false where it is something else.</summary>
    protected static bool TryRead<T>(JToken json, [NotNullWhen(true)] out T? value)
    {
        if (UnionValue.TryTake(json, out value))
        {
            return true;
        }

        try
        {
            value = json.ToObject<T>(NewtonsoftJson.Reader);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException)
        {
            value = default;
        }

        return value is not null;
    }
#endif
}
