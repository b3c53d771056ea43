using System.Text.Json;

namespace TogetherAI.LocalServer.Text;

/// <summary>What the values of a JSON schema's keywords must be; keywords that are not looked at may have any.</summary>
internal static class SchemaKeywords
{
    private static readonly string[] Types = ["string", "number", "integer", "boolean", "object", "array", "null"];

    private static readonly Rule Text = new(value => value.ValueKind == JsonValueKind.String, "a text");
    private static readonly Rule Items = new(value => value.ValueKind == JsonValueKind.Array, "an array");
    private static readonly Rule Schema = new(IsSchema, "a schema");
    private static readonly Rule SchemaMembers = new(value => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(member => IsSchema(member.Value)), "an object of schemas");
    private static readonly Rule Schemas = new(value => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsSchema), "an array of schemas");
    private static readonly Rule Number = new(IsNumber, "a number");
    private static readonly Rule Count = new(value => IsNumber(value) && value.GetDouble() is var count && count >= 0 && count == Math.Floor(count), "an integer from 0");

    // Older drafts have it as true or false.
    private static readonly Rule Exclusive = new(value => IsNumber(value) || value.ValueKind is JsonValueKind.True or JsonValueKind.False, "a number");

    private static readonly Dictionary<string, Rule> Rules = new(StringComparer.Ordinal)
    {
        ["$ref"] = Text,
        ["$defs"] = SchemaMembers,
        ["definitions"] = SchemaMembers,
        ["type"] = new(value => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().All(IsType) : IsType(value), $"one or several of {string.Join(", ", Types)}"),
        ["enum"] = Items,
        ["examples"] = Items,
        ["anyOf"] = Schemas,
        ["oneOf"] = Schemas,
        ["allOf"] = Schemas,
        ["properties"] = SchemaMembers,
        ["required"] = new(value => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(Text.IsMet), "an array of texts"),
        // Older drafts have an array: a schema for each place.
        ["items"] = new(value => IsSchema(value) || value.ValueKind == JsonValueKind.Array, Schema.Expected),
        ["additionalProperties"] = Schema,
        ["minItems"] = Count,
        ["maxItems"] = Count,
        ["minLength"] = Count,
        ["maxLength"] = Count,
        ["minimum"] = Number,
        ["maximum"] = Number,
        ["exclusiveMinimum"] = Exclusive,
        ["exclusiveMaximum"] = Exclusive,
        ["format"] = Text,
        ["pattern"] = Text,
    };

    /// <summary>What is wrong with a keyword of a schema; null where nothing is.</summary>
    public static string? FindFault(JsonElement schema)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            // Programs write null for what they have not set.
            if (keyword.Value.ValueKind != JsonValueKind.Null && Rules.TryGetValue(keyword.Name, out var rule) && !rule.IsMet(keyword.Value))
            {
                return $"has a {keyword.Name} that is not {rule.Expected}";
            }
        }

        return null;
    }

    private static bool IsSchema(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False;

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble());

    private static bool IsType(JsonElement value) => value.ValueKind == JsonValueKind.String && Types.Contains(value.GetString());

    private sealed record Rule(Func<JsonElement, bool> IsMet, string Expected);
}
