using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Text;

/// <summary>
/// Makes up a value for a JSON schema: always the same one, and one that satisfies it as far as simple types, bounds,
/// lists of values and local references go.
/// </summary>
internal sealed class SchemaSample
{
    private const int DeepestNesting = 32;

    private readonly JsonElement _root;
    private readonly Utf8JsonWriter _json;

    private SchemaSample(JsonElement root, Utf8JsonWriter json)
    {
        _root = root;
        _json = json;
    }

    /// <summary>The value as JSON on one line; an empty object where there is no schema.</summary>
    public static string Create(JsonElement? schema)
    {
        if (schema is not { ValueKind: JsonValueKind.Object } root)
        {
            return "{}";
        }

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonStyle.Writer))
        {
            new SchemaSample(root, json).Write(root, "value", depth: 0);
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private void Write(JsonElement schema, string name, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw ApiErrorException.Invalid("A JSON schema of the request refers to itself without an end.");
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            // The schemas true and false, and what is no schema at all.
            _json.WriteStringValue(name);
        }
        else if (Given(schema) is { } value)
        {
            value.WriteTo(_json);
        }
        else if (Other(schema) is { } other)
        {
            Write(other, name, depth + 1);
        }
        else
        {
            WriteType(schema, name, depth);
        }
    }

    private void WriteType(JsonElement schema, string name, int depth)
    {
        switch (TypeOf(schema))
        {
            case "object":
                WriteObject(schema, depth);
                break;
            case "array":
                WriteArray(schema, name, depth);
                break;
            case "integer":
                _json.WriteNumberValue((long)Math.Ceiling(Bounded(schema)));
                break;
            case "number":
                _json.WriteNumberValue(Bounded(schema));
                break;
            case "boolean":
                _json.WriteBooleanValue(true);
                break;
            case "null":
                _json.WriteNullValue();
                break;
            default:
                _json.WriteStringValue(TextFor(schema, name));
                break;
        }
    }

    private void WriteObject(JsonElement schema, int depth)
    {
        var required = Property(schema, "required") is { ValueKind: JsonValueKind.Array } names
            ? names.EnumerateArray().Select(item => item.GetString()!).ToHashSet()
            : [];
        _json.WriteStartObject();
        if (Property(schema, "properties") is { ValueKind: JsonValueKind.Object } properties)
        {
            // Optional properties of optional properties have to end somewhere.
            foreach (var property in properties.EnumerateObject().Where(property => depth < 4 || required.Contains(property.Name)))
            {
                _json.WritePropertyName(property.Name);
                Write(property.Value, property.Name, depth + 1);
                required.Remove(property.Name);
            }
        }

        foreach (var name in required)
        {
            _json.WriteString(name, name);
        }

        _json.WriteEndObject();
    }

    private void WriteArray(JsonElement schema, string name, int depth)
    {
        var items = Property(schema, "items");
        var count = Math.Min(Count(schema, "minItems", otherwise: 1), 100);
        _json.WriteStartArray();
        for (var index = 0; index < Math.Min(Math.Max(1, count), Count(schema, "maxItems", int.MaxValue)); index++)
        {
            Write(items ?? default, name, depth + 1);
        }

        _json.WriteEndArray();
    }

    private static string TextFor(JsonElement schema, string name)
    {
        var text = Property(schema, "format")?.GetString() switch
        {
            "date" => "2026-01-01",
            "date-time" => "2026-01-01T00:00:00Z",
            "time" => "00:00:00Z",
            "email" => "name@example.com",
            "uri" => "https://example.com/",
            "uuid" => "00000000-0000-0000-0000-000000000000",
            _ => name,
        };
        text = text.PadRight(Math.Min(Count(schema, "minLength", 0), 10_000), '.');
        return text[..Math.Min(text.Length, Count(schema, "maxLength", int.MaxValue))];
    }

    private static double Bounded(JsonElement schema)
    {
        var least = Number(schema, "minimum") ?? Number(schema, "exclusiveMinimum") + 1;
        var most = Number(schema, "maximum") ?? Number(schema, "exclusiveMaximum") - 1;
        return Math.Min(Math.Max(1, least ?? 1), most ?? double.MaxValue);
    }

    // A value that the schema itself names.
    private static JsonElement? Given(JsonElement schema)
        => Property(schema, "const") ?? Property(schema, "default") ?? First(schema, "enum") ?? First(schema, "examples");

    // A schema that says what this one leaves open.
    private JsonElement? Other(JsonElement schema)
        => Property(schema, "$ref") is { ValueKind: JsonValueKind.String } address ? Resolve(address.GetString()!)
        : First(schema, "anyOf") ?? First(schema, "oneOf") ?? (Property(schema, "properties") is null ? First(schema, "allOf") : null);

    private JsonElement Resolve(string address)
    {
        JsonElement? found = address.StartsWith('#') ? _root : null;
        foreach (var step in address.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            found = found is { ValueKind: JsonValueKind.Object } schema ? Property(schema, step) : null;
        }

        return found ?? throw ApiErrorException.Invalid($"A JSON schema of the request refers to {address}, which it does not have.");
    }

    private static string? TypeOf(JsonElement schema) => Property(schema, "type") switch
    {
        { ValueKind: JsonValueKind.String } type => type.GetString(),
        { ValueKind: JsonValueKind.Array } types => types.EnumerateArray().Select(type => type.GetString()).FirstOrDefault(type => type != "null"),
        _ => Property(schema, "properties") is null ? null : "object",
    };

    private static int Count(JsonElement schema, string name, int otherwise)
        => Number(schema, name) is { } value and >= 0 and <= int.MaxValue ? (int)value : otherwise;

    private static double? Number(JsonElement schema, string name)
        => Property(schema, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    private static JsonElement? First(JsonElement schema, string name)
        => Property(schema, name) is { ValueKind: JsonValueKind.Array } items && items.GetArrayLength() > 0 ? items[0] : null;

    private static JsonElement? Property(JsonElement schema, string name)
        => schema.TryGetProperty(name, out var value) ? value : null;
}
