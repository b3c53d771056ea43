using Newtonsoft.Json.Linq;

namespace TogetherAI;

// Completes the generated type: each factory sets the fields that its type has.
public sealed partial class ChatCompletionResponseFormat
{
    /// <summary>Requires a text response.</summary>
    public static ChatCompletionResponseFormat FromText() => new() { Type = ChatCompletionResponseFormatType.Text };

    /// <summary>Requires a response that is a JSON object.</summary>
    /// <param name="schema">The schema of the object, for models that support the older format, or null. It may be the text of the schema.</param>
    /// <exception cref="ArgumentException">The schema is not a JSON object.</exception>
    public static ChatCompletionResponseFormat FromJsonObject(JToken? schema = null) => new()
    {
        Type = ChatCompletionResponseFormatType.JsonObject,
        Schema = schema is null ? null : SchemaInput.Read(schema, nameof(schema)),
    };

    /// <summary>Requires a response that follows a JSON schema.</summary>
    /// <param name="name">The name of the schema: up to 64 letters, digits, underscores and hyphens.</param>
    /// <param name="schema">The schema, or its text.</param>
    /// <param name="strict">Whether the response must follow the schema exactly; null for the server's default.</param>
    /// <exception cref="ArgumentException">The schema is not a JSON object.</exception>
    public static ChatCompletionResponseFormat FromJsonSchema(string name, JToken schema, bool? strict = null) => new()
    {
        Type = ChatCompletionResponseFormatType.JsonSchema,
        JsonSchema = new ChatCompletionJsonSchema
        {
            Name = name ?? throw new ArgumentNullException(nameof(name)),
            Schema = SchemaInput.Read(schema ?? throw new ArgumentNullException(nameof(schema)), nameof(schema)),
            Strict = strict,
        },
    };

    /// <summary>Requires a response that matches a regular expression.</summary>
    /// <param name="pattern">The expression.</param>
    public static ChatCompletionResponseFormat FromRegex(string pattern) => new()
    {
        Type = ChatCompletionResponseFormatType.Regex,
        Pattern = pattern ?? throw new ArgumentNullException(nameof(pattern)),
    };
}
