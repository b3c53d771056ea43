using Newtonsoft.Json.Linq;

namespace TogetherAI;

// Completes the generated type: each factory sets the fields that its type has.
public sealed partial class ResponseTextFormat
{
    /// <summary>Requires a text response.</summary>
    public static ResponseTextFormat FromText() => new() { Type = ResponseTextFormatType.Text };

    /// <summary>Requires a response that is a JSON object.</summary>
    public static ResponseTextFormat FromJsonObject() => new() { Type = ResponseTextFormatType.JsonObject };

    /// <summary>Requires a response that follows a JSON schema.</summary>
    /// <param name="name">Name of the schema, of letters, digits, underscores and hyphens.</param>
    /// <param name="schema">The schema, or its text.</param>
    /// <param name="strict">Whether the response must follow the schema exactly; null for the server's default.</param>
    /// <exception cref="ArgumentException">The schema is not a JSON object.</exception>
    public static ResponseTextFormat FromJsonSchema(string name, JToken schema, bool? strict = null) => new()
    {
        Type = ResponseTextFormatType.JsonSchema,
        Name = name ?? throw new ArgumentNullException(nameof(name)),
        Schema = SchemaInput.Read(schema ?? throw new ArgumentNullException(nameof(schema)), nameof(schema)),
        Strict = strict,
    };
}
