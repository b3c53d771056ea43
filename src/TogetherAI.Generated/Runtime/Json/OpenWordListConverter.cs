using Newtonsoft.Json;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>Writes a list of extensible enum values without those that say nothing.</summary>
internal sealed class OpenWordListConverter : JsonConverter
{
    public override bool CanRead => false;

    public override bool CanConvert(Type objectType) => typeof(IEnumerable<IOpenWord>).IsAssignableFrom(objectType);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
        => throw new NotSupportedException("This converter only writes.");

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
    {
        writer.WriteStartArray();
        foreach (var word in OpenWords.WithoutEmpty((IEnumerable<IOpenWord?>)value!))
        {
            writer.WriteValue(word.Value);
        }

        writer.WriteEndArray();
    }
}
