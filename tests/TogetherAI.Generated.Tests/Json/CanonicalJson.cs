using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Tests.Json;

/// <summary>JSON in a form in which equal values are equal: no null fields, fields in order, numbers spelled one way.</summary>
internal static class CanonicalJson
{
    public static JToken Parse(string json) => Of(ParseAsIs(json));

    /// <summary>The JSON with its nulls, in the order in which it came.</summary>
    public static JToken ParseAsIs(string json)
    {
        using var reader = new JsonTextReader(new StringReader(json))
        {
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = FloatParseHandling.Decimal,
        };
        return JToken.ReadFrom(reader);
    }

    private static JToken Of(JToken token) => token switch
    {
        JObject fields => new JObject(
            fields.Properties().Where(field => field.Value.Type != JTokenType.Null)
                .OrderBy(field => field.Name, StringComparer.Ordinal)
                .Select(field => new JProperty(field.Name, Of(field.Value)))),
        JArray items => new JArray(items.Select(Of)),
        JValue { Value: decimal number } => Number(number.ToString("G29", CultureInfo.InvariantCulture)),
        JValue { Type: JTokenType.Integer } number => Number(Convert.ToString(number.Value, CultureInfo.InvariantCulture)!),
        _ => token.DeepClone(),
    };

    // A text of its own kind, so that no string can be taken for a number.
    private static JRaw Number(string digits) => new(digits);
}
