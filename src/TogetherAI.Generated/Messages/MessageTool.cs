using Newtonsoft.Json.Linq;

namespace TogetherAI;

// Completes the generated type with a way to make it of a JSON schema.
public sealed partial class MessageTool
{
    /// <summary>Creates a tool.</summary>
    /// <param name="name">The name of the tool.</param>
    /// <param name="description">What the tool does and when to call it; the model reads it.</param>
    /// <param name="inputSchema">The JSON schema of the input; null for a tool without input. It may be the text of the schema.</param>
    /// <exception cref="ArgumentException">The schema is not a JSON object.</exception>
    public static MessageTool FromFunction(string name, string? description = null, JToken? inputSchema = null) => new()
    {
        Name = name ?? throw new ArgumentNullException(nameof(name)),
        Description = description,
        InputSchema = inputSchema is null ? new JObject { ["type"] = "object" } : SchemaInput.Read(inputSchema, nameof(inputSchema)),
    };
}
