using Newtonsoft.Json;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads and writes an extensible enum. Whatever the server sends becomes a word: an unknown one keeps its text, a
/// number or a truth value is kept as its text too, and null is no word.
/// </summary>
internal sealed class OpenWordConverter<TWord> : JsonConverter
    where TWord : class, IOpenWord<TWord>
{
    public override bool CanConvert(Type objectType) => objectType == typeof(TWord);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) => Read(reader);

    /// <summary>Reads the word that the reader stands on.</summary>
    public static TWord? Read(JsonReader reader)
        => reader.TokenType switch
        {
            JsonToken.Null => null,
            JsonToken.String or JsonToken.Integer or JsonToken.Float or JsonToken.Boolean
                => OpenWords<TWord>.Create(reader.Value as string ?? JsonConvert.ToString(reader.Value)),
            _ => throw new JsonSerializationException($"Expected a string at '{reader.Path}' but found an object or array."),
        };

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
        => writer.WriteValue(((TWord)value!).Value);
}
