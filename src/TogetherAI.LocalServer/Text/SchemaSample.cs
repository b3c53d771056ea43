using System.Runtime.InteropServices;
using System.Text;
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

    // What is optional is left out below, so that a schema that refers to itself comes to an end.
    private const int DeepestOptional = 4;

    // A schema of a few lines can ask for any number: bytes that are written, and bytes of schemas that are read.
    private const int MostBytes = 1_000_000;
    private const int MostBytesRead = 10 * MostBytes;

    private readonly JsonElement _root;
    private readonly Utf8JsonWriter _json;
    private readonly string _field;
    private readonly Dictionary<string, JsonElement> _references = new(StringComparer.Ordinal);
    private long _bytesRead;

    private SchemaSample(JsonElement root, Utf8JsonWriter json, string field)
    {
        _root = root;
        _json = json;
        _field = field;
    }

    /// <summary>The value as JSON on one line; an empty object where there is no schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="field">The field of the request that it is part of.</param>
    /// <exception cref="ApiErrorException">The schema is invalid, or asks for too much.</exception>
    public static string Create(JsonElement? schema, string field)
    {
        if (schema is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False) } root)
        {
            return "{}";
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw ApiErrorException.Invalid("A JSON schema of the request is neither an object nor true or false.", field);
        }

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonStyle.Writer))
        {
            var sample = new SchemaSample(root, json, field);
            sample.Write(root, "value", depth: 0);
            sample.RequireLittleWork();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private void Write(JsonElement schema, string name, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw Invalid("is nested too deeply, or refers to itself without an end");
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            // The schemas true and false, and what an older draft has in the place of one.
            _json.WriteStringValue(name);
            return;
        }

        _bytesRead += JsonMarshal.GetRawUtf8Value(schema).Length;
        RequireLittleWork();
        if (SchemaKeywords.FindFault(schema) is { } fault)
        {
            throw Invalid(fault);
        }

        if (Given(schema) is { } value)
        {
            value.WriteTo(_json);
        }
        else if (Other(schema, depth) is { } other)
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
                WriteInteger(Math.Ceiling(Bounded(schema)));
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
        var required = Required(schema);
        _json.WriteStartObject();
        if (Property(schema, "properties") is { ValueKind: JsonValueKind.Object } properties)
        {
            foreach (var property in properties.EnumerateObject().Where(property => depth < DeepestOptional || required.Contains(property.Name)))
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

    private static HashSet<string> Required(JsonElement schema)
        => Property(schema, "required") is { } names ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];

    private void WriteArray(JsonElement schema, string name, int depth)
    {
        var items = Property(schema, "items") ?? default;
        var least = Count(schema, "minItems", otherwise: 0);
        var count = Math.Min(depth < DeepestOptional ? Math.Max(1, least) : least, Count(schema, "maxItems", int.MaxValue));
        _json.WriteStartArray();
        for (var index = 0; index < count; index++)
        {
            Write(items, name, depth + 1);
            RequireLittleWork();
        }

        _json.WriteEndArray();
    }

    // Beyond the range of 64 bits a double is an integer anyway.
    private void WriteInteger(double value)
    {
        if (Math.Abs(value) < long.MaxValue)
        {
            _json.WriteNumberValue((long)value);
        }
        else
        {
            _json.WriteNumberValue(value);
        }
    }

    private string TextFor(JsonElement schema, string name)
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
        var missing = Count(schema, "minLength", 0) - WholeCharacters.Count(text);
        if (missing > MostBytes)
        {
            throw TooMuch();
        }

        if (missing > 0)
        {
            text += new string('.', missing);
        }

        return WholeCharacters.First(text, Count(schema, "maxLength", int.MaxValue));
    }

    private static double Bounded(JsonElement schema)
    {
        var least = Number(schema, "minimum") ?? Number(schema, "exclusiveMinimum") + 1;
        var most = Number(schema, "maximum") ?? Number(schema, "exclusiveMaximum") - 1;
        return Math.Min(Math.Max(1, least ?? 1), most ?? double.MaxValue);
    }

    // A value that the schema itself names.
    private static JsonElement? Given(JsonElement schema)
        => Value(schema, "const") ?? Value(schema, "default") ?? First(schema, "enum") ?? First(schema, "examples");

    // A schema that says what this one leaves open.
    private JsonElement? Other(JsonElement schema, int depth)
        => Property(schema, "$ref") is { ValueKind: JsonValueKind.String } address ? Resolve(address.GetString()!)
        : Alternative(schema, "anyOf", depth) ?? Alternative(schema, "oneOf", depth) ?? (Property(schema, "properties") is null ? First(schema, "allOf") : null);

    // Deep down, one that is null ends a list that would go on for ever.
    private static JsonElement? Alternative(JsonElement schema, string name, int depth)
    {
        if (depth < DeepestOptional || Property(schema, name) is not { } alternatives)
        {
            return First(schema, name);
        }

        return alternatives.EnumerateArray().Cast<JsonElement?>().FirstOrDefault(IsNull) ?? First(schema, name);
    }

    private static bool IsNull(JsonElement? schema)
        => schema is { ValueKind: JsonValueKind.Object } item
        && Property(item, "type") is { ValueKind: JsonValueKind.String } type
        && type.ValueEquals("null");

    // RFC 6901: a JSON pointer, in the fragment of an address.
    private JsonElement Resolve(string address)
    {
        if (_references.TryGetValue(address, out var known))
        {
            return known;
        }

        JsonElement? found = address.StartsWith('#') ? _root : null;
        foreach (var step in address.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            found = found is { ValueKind: JsonValueKind.Object } schema ? Property(schema, name) : null;
        }

        return _references[address] = found ?? throw Invalid($"refers to {WholeCharacters.First(address, 100)}, which it does not have");
    }

    private static string? TypeOf(JsonElement schema) => Property(schema, "type") switch
    {
        null => Property(schema, "properties") is null ? null : "object",
        { ValueKind: JsonValueKind.Array } types => types.EnumerateArray().Select(type => type.GetString()).OrderBy(type => type == "null").FirstOrDefault(),
        { } type => type.GetString(),
    };

    private static int Count(JsonElement schema, string name, int otherwise)
        => Number(schema, name) is { } value ? (int)Math.Min(value, int.MaxValue) : otherwise;

    private static double? Number(JsonElement schema, string name)
        => Property(schema, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    private static JsonElement? First(JsonElement schema, string name)
        => Property(schema, name) is { ValueKind: JsonValueKind.Array } items && items.GetArrayLength() > 0 ? items[0] : null;

    private static JsonElement? Value(JsonElement schema, string name)
        => schema.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Property(JsonElement schema, string name)
        => schema.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private void RequireLittleWork()
    {
        if (_bytesRead > MostBytesRead || _json.BytesCommitted + _json.BytesPending > MostBytes)
        {
            throw TooMuch();
        }
    }

    private ApiErrorException TooMuch() => Invalid($"asks for a value of more than {MostBytes} bytes, or for too much work");

    private ApiErrorException Invalid(string what) => ApiErrorException.Invalid($"A JSON schema of the request {what}.", _field);
}
