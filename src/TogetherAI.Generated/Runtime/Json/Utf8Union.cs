#if NET8_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads unions: as JSON first, which shows what type a value is of.</summary>
internal static class Utf8Union
{
    /// <summary>The JSON of a union; null where there is none.</summary>
    public static JToken? ReadJson(ref Utf8Source source) => source.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => new JValue(source.ReadText()),
        _ => ApiJson.ReadToken(source.Skip(), source.Budget),
    };

    /// <summary>Reads an object that may have any field.</summary>
    public static JObject? ReadObject(ref Utf8Source source) => ReadJson(ref source) as JObject ?? source.GiveUp<JObject>();

    /// <summary>Reads the JSON as a type of the document; false where it is something else.</summary>
    public static bool TryRead<T>(JToken json, Utf8Read<T> reader, [NotNullWhen(true)] out T? value)
    {
        if (UnionValue.TryTake(json, out value))
        {
            return true;
        }

        try
        {
            using var utf8 = ApiJson.Serialize(json);
            value = Utf8Source.ReadStrictly(utf8.ToArray(), reader);
        }
        catch (Exception exception) when (exception is Newtonsoft.Json.JsonException or System.Text.Json.JsonException or FormatException or OverflowException)
        {
            value = default;
        }

        return value is not null;
    }
}
#endif
