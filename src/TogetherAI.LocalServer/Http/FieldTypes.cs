using System.Reflection;
using System.Text.Json;
using Newtonsoft.Json;

namespace TogetherAI.LocalServer.Http;

/// <summary>
/// The types and the required fields of a request, taken from the generated type, so that they are those of the document.
/// </summary>
internal sealed class FieldTypes
{
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);
    private readonly List<string> _required = [];

    private FieldTypes(Type request)
    {
        foreach (var property in request.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            // What is on the wire of a field has an underscore in its name, where callers see another type.
            if (property.GetCustomAttribute<JsonPropertyAttribute>() is not { PropertyName: { } name } json || property.Name.Contains('_', StringComparison.Ordinal))
            {
                continue;
            }

            _types.Add(name, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
            if (json.Required == Required.Always)
            {
                _required.Add(name);
            }
        }
    }

    public static FieldTypes Of<TRequest>() => new(typeof(TRequest));

    /// <summary>Refuses a request with a required field missing, or a field of the wrong type. Other fields pass.</summary>
    public void Require(JsonElement body)
    {
        foreach (var name in _required)
        {
            if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                throw ApiErrorException.Invalid($"{name} is required.", name);
            }
        }

        foreach (var field in body.EnumerateObject())
        {
            if (field.Value.ValueKind != JsonValueKind.Null && _types.TryGetValue(field.Name, out var type))
            {
                RequireType(field.Name, field.Value, type);
            }
        }
    }

    private static void RequireType(string name, JsonElement value, Type type)
    {
        var (isRight, expected) = type switch
        {
            _ when type == typeof(string) || type == typeof(ReadOnlyMemory<byte>) || type == typeof(TimeSpan) || IsWord(type) => (IsText(value), "text"),
            _ when type == typeof(bool) => (value.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false"),
            _ when type == typeof(int) => (IsNumber(value) && value.TryGetInt32(out _), "a 32-bit integer"),
            // Seeds, which callers may give longer; this server counts on from them.
            _ when type == typeof(long) || type == typeof(decimal) => (IsNumber(value) && value.TryGetInt64(out _), "a 64-bit integer"),
            _ when type == typeof(double) => (IsNumber(value) && double.IsFinite(value.GetDouble()), "a number"),
            _ when type == typeof(IList<string>) => (IsTexts(value), "an array of texts"),
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

    // The document's open sets of words are generated as types around a text.
    private static bool IsWord(Type type) => type.GetConstructor([typeof(string)]) is not null && type.GetProperty("Value")?.PropertyType == typeof(string);
}
