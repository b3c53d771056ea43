using System.Text.Json;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>The form that a request asks its response to have.</summary>
internal static class ChatFormat
{
    private const string Field = "response_format";
    private const string AnyObject = """{"response":"I am a local mock server, not a model."}""";

    /// <summary>A response of that form; null where any text will do.</summary>
    public static string? Read(JsonElement? format)
    {
        if (format is not { } value)
        {
            return null;
        }

        var flat = Property(value, "schema");
        var type = Property(value, "type") is { ValueKind: JsonValueKind.String } word ? word.GetString() : null;
        return type switch
        {
            "text" => null,
            "json_object" => flat is null ? AnyObject : SchemaSample.Create(flat, Field),
            "json_schema" => SchemaSample.Create(flat ?? Nested(value), Field),
            "regex" => throw ApiErrorException.Invalid("This local server cannot write a text for a regular expression.", Field),
            _ => throw ApiErrorException.Invalid($"{Field} needs a type: text, json_object, json_schema or regex.", Field),
        };
    }

    private static JsonElement? Nested(JsonElement format)
        => Property(format, "json_schema") is { ValueKind: JsonValueKind.Object } described && Property(described, "name") is not null
            ? Property(described, "schema")
            : throw ApiErrorException.Invalid($"{Field} of the type json_schema needs json_schema with a name.", Field);

    private static JsonElement? Property(JsonElement item, string name)
        => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
