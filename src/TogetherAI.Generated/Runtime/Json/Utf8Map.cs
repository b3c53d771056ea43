#if NET8_0_OR_GREATER
using System.Text.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads maps. Of a key that comes twice, the last value counts.</summary>
internal static class Utf8Map
{
    public static IReadOnlyDictionary<string, T>? ReadReceived<T>(ref Utf8Source source, Utf8Read<T> read) => Read(ref source, read);

    public static IDictionary<string, T>? ReadSent<T>(ref Utf8Source source, Utf8Read<T> read) => Read(ref source, read);

    private static Dictionary<string, T>? Read<T>(ref Utf8Source source, Utf8Read<T> read)
    {
        if (source.TokenType != JsonTokenType.StartObject)
        {
            return source.ReadNoObject<Dictionary<string, T>>();
        }

        var map = new Dictionary<string, T>();
        for (source.Read(); !source.IsGivenUp && source.TokenType == JsonTokenType.PropertyName; source.Read())
        {
            var key = source.ReadText();
            source.Read();
            source.Spend();
            source.Path?.Push(key);
            map[key] = read(ref source)!;
            source.Path?.Pop();
        }

        return map;
    }
}
#endif
