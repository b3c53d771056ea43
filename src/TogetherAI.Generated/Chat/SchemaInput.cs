using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>
/// A JSON schema as callers give it: as JSON, or as the text of JSON, which C# silently makes a JSON string of. No schema is a
/// string, so that can only mean its text.
/// </summary>
internal static class SchemaInput
{
    public static JToken Read(JToken schema, string parameter)
    {
        var value = schema is JValue { Value: string text } ? ApiJson.TryParse(text) : schema;
        return value is JObject or JValue { Type: JTokenType.Boolean }
            ? value
            : throw new ArgumentException("The schema must be a JSON object, or the text of one.", parameter);
    }
}
