using System.Text.Json;

namespace TogetherAI.LocalServer.Http;

/// <summary>The fields of a JSON request whose types and required fields are those of the document.</summary>
internal sealed class JsonFields
{
    private readonly JsonElement _body;

    private JsonFields(JsonElement body) => _body = body;

    public static JsonFields Read<TRequest>(JsonElement body)
    {
        Types<TRequest>.Known.Require(body);
        return new JsonFields(body);
    }

    /// <summary>A field; null where it is missing or JSON null.</summary>
    public JsonElement? this[string name]
        => _body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string Text(string name, string otherwise = "") => this[name]?.GetString() ?? otherwise;

    public int Integer(string name, int otherwise) => this[name]?.GetInt32() ?? otherwise;

    public long Long(string name, long otherwise) => this[name]?.GetInt64() ?? otherwise;

    public bool Flag(string name) => this[name]?.GetBoolean() ?? false;

    /// <summary>A field that takes one text or several.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (this[name] is not { } value)
        {
            return [];
        }

        var items = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value];
        return items.All(item => item.ValueKind == JsonValueKind.String)
            ? [.. items.Select(item => item.GetString()!)]
            : throw ApiErrorException.Invalid($"{name} must be a text or an array of texts.", name);
    }

    /// <summary>A field that takes an array.</summary>
    public IReadOnlyList<JsonElement> Items(string name) => this[name] switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } value => [.. value.EnumerateArray()],
        _ => throw ApiErrorException.Invalid($"{name} must be an array.", name),
    };

    /// <summary>A field that takes an object.</summary>
    public JsonElement? Object(string name)
        => this[name] is not { } value || value.ValueKind == JsonValueKind.Object ? this[name] : throw ApiErrorException.Invalid($"{name} must be an object.", name);

    public void RequireRange(string name, double least, double most = double.PositiveInfinity)
    {
        if (this[name]?.GetDouble() is not { } value || (value >= least && value <= most))
        {
            return;
        }

        throw ApiErrorException.Invalid(
            double.IsInfinity(most) ? $"{name} must be at least {least}." : $"{name} must be between {least} and {most}.",
            name);
    }

    public void RequireNotEmpty(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(name).Length == 0)
            {
                throw ApiErrorException.Invalid($"{name} must not be empty.", name);
            }
        }
    }

    /// <summary>Refuses a word that the document does not list.</summary>
    public void RequireWord(string name, params ReadOnlySpan<string> words)
    {
        if (this[name]?.GetString() is { } word && !words.Contains(word))
        {
            throw ApiErrorException.Invalid($"{name} must be one of {string.Join(", ", words!)}.", name);
        }
    }

    // Once for each type of request.
    private static class Types<TRequest>
    {
        public static readonly FieldTypes Known = GeneratedFieldTypes.Of<TRequest>();
    }
}
