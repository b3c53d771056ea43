using Newtonsoft.Json.Linq;

namespace TogetherAI;

// Completes the generated type: each factory sets the fields that its type has.
public sealed partial class ResponseFormat
{
    /// <summary>An answer in words.</summary>
    public static ResponseFormat FromText() => new() { Type = ResponseFormatType.Text };

    /// <summary>An answer that is a JSON object.</summary>
    /// <param name="schema">What the object shall look like, for models that know the older form; null leaves it open. It may be the text of the schema.</param>
    /// <exception cref="ArgumentException">The schema is not a JSON object.</exception>
    public static ResponseFormat FromJsonObject(JToken? schema = null) => new()
    {
        Type = ResponseFormatType.JsonObject,
        Schema = schema is null ? null : SchemaInput.Read(schema, nameof(schema)),
    };

    /// <summary>An answer that follows a JSON schema.</summary>
    /// <param name="name">Name of the schema: at most 64 letters, digits, underscores and hyphens.</param>
    /// <param name="schema">The schema, or its text.</param>
    /// <param name="strict">Whether the answer must follow it exactly; null leaves that to the server.</param>
    /// <exception cref="ArgumentException">The schema is not a JSON object.</exception>
    public static ResponseFormat FromJsonSchema(string name, JToken schema, bool? strict = null) => new()
    {
        Type = ResponseFormatType.JsonSchema,
        JsonSchema = new ResponseJsonSchema
        {
            Name = name ?? throw new ArgumentNullException(nameof(name)),
            Schema = SchemaInput.Read(schema ?? throw new ArgumentNullException(nameof(schema)), nameof(schema)),
            Strict = strict,
        },
    };

    /// <summary>An answer that matches a regular expression.</summary>
    /// <param name="pattern">The expression.</param>
    public static ResponseFormat FromRegex(string pattern) => new()
    {
        Type = ResponseFormatType.Regex,
        Pattern = pattern ?? throw new ArgumentNullException(nameof(pattern)),
    };
}
