using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads a list that comes as a bare array or in an object, and writes it as it came.</summary>
internal sealed class BareListConverter<TList> : JsonConverter
    where TList : class, IBareList, IExtensible, new()
{
    public override bool CanConvert(Type objectType) => objectType == typeof(TList);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = NewtonsoftJson.CallerIsWarned)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = NewtonsoftJson.CallerIsWarned)]
    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        var result = new TList();
        switch (reader.TokenType)
        {
            // As everywhere in Newtonsoft.Json, an empty text is null where it stands for something else.
            case JsonToken.Null:
            case JsonToken.String when reader.Value is "":
                return null;
            case JsonToken.StartArray:
                result.List = serializer.Deserialize(reader, result.ListType);
                return result;
            case JsonToken.StartObject when serializer.Converters.OfType<LenientObjectConverter>().FirstOrDefault() is { } lenient:
                result = (TList)lenient.ReadJson(reader, typeof(TList), existingValue: null, serializer)!;
                break;
            case JsonToken.StartObject:
                serializer.Populate(reader, result);
                break;
            default:
                throw new JsonSerializationException($"The value at '{reader.Path}' is not a list.");
        }

        result.IsObject = true;
        return result;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = NewtonsoftJson.CallerIsWarned)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = NewtonsoftJson.CallerIsWarned)]
    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
    {
        var list = (TList)value!;
        if (!list.IsObject && list.Extra is not { Count: > 0 })
        {
            serializer.Serialize(writer, list.List ?? Array.Empty<object>());
            return;
        }

        writer.WriteStartObject();
        if (list.List is { } items)
        {
            writer.WritePropertyName(list.FieldName);
            serializer.Serialize(writer, items);
        }

        foreach (var field in list.Extra ?? new Dictionary<string, Newtonsoft.Json.Linq.JToken>())
        {
            writer.WritePropertyName(field.Key);
            serializer.Serialize(writer, field.Value);
        }

        writer.WriteEndObject();
    }
}
