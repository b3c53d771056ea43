using Newtonsoft.Json.Linq;

namespace TogetherAI;

// Completes the generated type with a way to make it of a JSON schema.
public sealed partial class ChatCompletionTool
{
    /// <summary>Offers a function.</summary>
    /// <param name="name">Name of the function.</param>
    /// <param name="description">What the function does and when to call it; the model reads it.</param>
    /// <param name="parameters">JSON schema of the arguments; null for a function without any. It may be the text of the schema.</param>
    /// <exception cref="ArgumentException">The schema is not a JSON object.</exception>
    public static ChatCompletionTool FromFunction(string name, string? description = null, JToken? parameters = null) => new()
    {
        Type = ChatCompletionToolType.Function,
        Function = new ChatCompletionFunction
        {
            Name = name ?? throw new ArgumentNullException(nameof(name)),
            Description = description,
            Parameters = parameters is null ? null : SchemaInput.Read(parameters, nameof(parameters)),
        },
    };
}
