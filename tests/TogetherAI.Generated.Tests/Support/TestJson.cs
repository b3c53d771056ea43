using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Tests.Support;

/// <summary>JSON for comparisons, in which a field that is null and one that is absent are the same.</summary>
public static class TestJson
{
    public static JsonSerializer Serializer { get; } = JsonSerializer.Create(new JsonSerializerSettings
    {
        NullValueHandling = NullValueHandling.Ignore,
        DateParseHandling = DateParseHandling.None,
    });

    public static JToken Parse(string json)
        => JsonConvert.DeserializeObject<JToken>(json, new JsonSerializerSettings { DateParseHandling = DateParseHandling.None })!;

    /// <summary>The value without fields that are null, free-form echoes excepted.</summary>
    public static JToken WithoutNulls(string json)
    {
        var token = Parse(json);
        foreach (var property in token.Children<JProperty>().Where(property => property.Value.Type == JTokenType.Null).ToList())
        {
            property.Remove();
        }

        return token;
    }
}
