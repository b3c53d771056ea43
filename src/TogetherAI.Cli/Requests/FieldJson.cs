using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Requests;

/// <summary>Reads the values of fields from JSON that has been parsed.</summary>
internal static class FieldJson
{
    /// <exception cref="JsonException">The JSON is no text.</exception>
    public static object Text(JToken json) => Value<string>(json, JTokenType.String);

    /// <exception cref="JsonException">The JSON is no such number.</exception>
    public static object Int32(JToken json) => (long)Int64(json) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : throw Invalid(json, "a 32-bit integer");

    /// <exception cref="JsonException">The JSON is no such number.</exception>
    public static object Int64(JToken json) => Value<long>(json, JTokenType.Integer);

    /// <exception cref="JsonException">The JSON is no number.</exception>
    public static object Double(JToken json) => json.Type == JTokenType.Integer ? (double)Value<long>(json, JTokenType.Integer) : Value<double>(json, JTokenType.Float);

    /// <exception cref="JsonException">The JSON is neither true nor false.</exception>
    public static object Boolean(JToken json) => Value<bool>(json, JTokenType.Boolean);

    /// <exception cref="JsonException">The JSON is of another kind.</exception>
    public static object FreeForm<T>(JToken json)
        where T : JToken
        => json as T ?? throw Invalid(json, typeof(T).Name);

    /// <exception cref="JsonException">The JSON is not of the type.</exception>
    public static object? Generated<[System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(JsonText.ReadMembers)] T>(JToken json)
        where T : class
        => JsonText.Read<T>(json);

    /// <summary>The elements of an array.</summary>
    /// <exception cref="JsonException">The JSON is no array, or an element is invalid.</exception>
    public static IEnumerable<object?> Elements(JToken json, Func<JToken, object?> read)
        => ((JArray)FreeForm<JArray>(json)).Select(read);

    /// <summary>The fields of an object.</summary>
    /// <exception cref="JsonException">The JSON is no object, or a value is invalid.</exception>
    public static IEnumerable<KeyValuePair<string, object?>> Entries(JToken json, Func<JToken, object?> read)
        => ((JObject)FreeForm<JObject>(json)).Properties().Select(field => KeyValuePair.Create(field.Name, read(field.Value)));

    private static T Value<T>(JToken json, JTokenType type)
        => json is JValue { Value: T value } && json.Type == type ? value : throw Invalid(json, type.ToString().ToLowerInvariant());

    private static JsonSerializationException Invalid(JToken json, string expected)
        => new($"{JsonText.Line(json)} is not of the type {expected}. Path '{json.Path}'.");
}
