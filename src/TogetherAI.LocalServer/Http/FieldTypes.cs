using System.Text.Json;

namespace TogetherAI.LocalServer.Http;

/// <summary>The types and the required fields of a request.</summary>
internal sealed class FieldTypes(FieldType[] fields)
{
    private readonly Dictionary<string, FieldKind> _kinds = fields.ToDictionary(static field => field.Name, static field => field.Kind, StringComparer.Ordinal);

    /// <summary>Refuses a request with a required field missing, or a field of the wrong type. Other fields pass.</summary>
    public void Require(JsonElement body)
    {
        foreach (var field in fields)
        {
            if (field.IsRequired && (!body.TryGetProperty(field.Name, out var value) || value.ValueKind == JsonValueKind.Null))
            {
                throw ApiErrorException.Invalid($"{field.Name} is required.", field.Name);
            }
        }

        foreach (var field in body.EnumerateObject())
        {
            if (field.Value.ValueKind != JsonValueKind.Null && _kinds.TryGetValue(field.Name, out var kind))
            {
                RequireKind(field.Name, field.Value, kind);
            }
        }
    }

    private static void RequireKind(string name, JsonElement value, FieldKind kind)
    {
        var (isRight, expected) = kind switch
        {
            FieldKind.Text => (IsText(value), "text"),
            FieldKind.Texts => (IsTexts(value), "an array of texts"),
            FieldKind.Boolean => (value.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false"),
            FieldKind.Int32 => (IsNumber(value) && value.TryGetInt32(out _), "a 32-bit integer"),
            FieldKind.Int64 => (IsNumber(value) && value.TryGetInt64(out _), "a 64-bit integer"),
            FieldKind.Double => (IsNumber(value) && double.IsFinite(value.GetDouble()), "a number"),
            _ => (true, ""),
        };
        if (!isRight)
        {
            throw ApiErrorException.Invalid($"{name} must be {expected}.", name);
        }
    }

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    private static bool IsTexts(JsonElement value)
        => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsText);
}
