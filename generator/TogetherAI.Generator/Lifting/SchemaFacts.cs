using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Writing;

namespace TogetherAI.Generator.Lifting;

/// <summary>What a schema says of its values.</summary>
internal static class SchemaFacts
{
    private static readonly string[] TextWords = ["minLength", "maxLength", "pattern", "format"];
    private static readonly string[] NumberWords = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"];
    private static readonly string[] ListWords = ["items", "minItems", "maxItems", "uniqueItems"];
    private static readonly string[] ObjectWords = ["properties", "required", "additionalProperties", "minProperties", "maxProperties", "discriminator"];

    public static bool IsNullable(MapNode schema) => schema["nullable"] is ScalarNode { IsTrue: true };

    public static void SetNullable(MapNode schema) => schema.Set("nullable", ScalarNode.FromBoolean(true, schema.Place));

    /// <summary>Whether a schema says nothing of its values but that they may be null.</summary>
    public static bool IsAny(MapNode schema) => schema.Entries.All(static entry => Annotations.Keys.Contains(entry.Key) || entry.Key.StartsWith("x-", StringComparison.Ordinal));

    public static bool HasProperties(MapNode schema) => schema["properties"] is MapNode { Entries.Count: > 0 };

    public static bool IsUnion(MapNode schema) => schema["oneOf"] is ListNode || schema["anyOf"] is ListNode;

    public static bool IsTextEnum(MapNode schema) => schema.Text("type") == "string" && schema["enum"] is ListNode;

    /// <summary>Whether C# has a type of its own for it: an object with fields, a set of words, a union.</summary>
    public static bool HasOwnType(MapNode schema) => HasProperties(schema) || IsTextEnum(schema) || IsUnion(schema) || schema.Has("x-union");

    /// <summary>Whether a word of JSON Schema says something of values of a type.</summary>
    public static bool AppliesTo(string word, string type) => type switch
    {
        "string" => TextWords.Contains(word),
        "number" or "integer" => NumberWords.Contains(word),
        "array" => ListWords.Contains(word),
        "object" => ObjectWords.Contains(word),
        _ => false,
    };

    /// <summary>Moves a word into the description, for people to read.</summary>
    public static void TellAndRemove(MapNode schema, string word)
    {
        if (schema[word] is not { } value)
        {
            return;
        }

        schema.Remove(word);
        if (value is ScalarNode { Text: "null" or "" })
        {
            return;
        }

        var values = value is ListNode list ? string.Join(", ", list.Items.Select(JsonNodeWriter.WriteText)) : JsonNodeWriter.WriteText(value);
        Tell(schema, word == "enum" ? $"One of: {values}." : word == "default" ? $"The server's default is {values}." : $"{word}: {values}.");
    }

    private static void Tell(MapNode schema, string sentence)
    {
        var description = schema.Text("description")?.TrimEnd();
        schema.Set("description", ScalarNode.FromText(string.IsNullOrEmpty(description) ? sentence : $"{description}\n{sentence}", schema.Place));
    }
}
