using Newtonsoft.Json.Linq;

namespace TogetherAI;

// Completes the generated type with a way to make it of a JSON schema.
public sealed partial class ChatCompletionTool
{
    /// <summary>Creates a tool for a function.</summary>
    /// <param name="name">The name of the function.</param>
    /// <param name="description">A description for the model of what the function does and when to call it.</param>
    /// <param name="parameters">The JSON schema of the arguments; null for a function without arguments. It may be the text of the schema.</param>
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
