using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>Whether and which tools the model calls. A string converts to it.</summary>
[JsonConverter(typeof(Converter))]
public sealed class ChatCompletionToolChoice : IUnion, IValidated
{
    private readonly object _value;

    private ChatCompletionToolChoice(object value) => _value = value;

    /// <summary>The model decides.</summary>
    public static ChatCompletionToolChoice Auto { get; } = "auto";

    /// <summary>The model calls no tool.</summary>
    public static ChatCompletionToolChoice None { get; } = "none";

    /// <summary>The model calls at least one tool.</summary>
    public static ChatCompletionToolChoice Required { get; } = "required";

    /// <summary>Gets the mode, such as <c>auto</c>; null if the choice is an object.</summary>
    public string? Mode => _value as string;

    /// <summary>Gets the selected function; null if the choice is a mode.</summary>
    public ChatCompletionNamedTool? Tool => _value as ChatCompletionNamedTool;

    /// <summary>Gets the JSON of a value of an unknown type; otherwise null.</summary>
    public JToken? Unknown => _value as JToken;

    /// <summary>The value, whatever its type is; a <see cref="JToken"/> if its type is unknown.</summary>
    public object Value => _value;

    /// <summary>Creates a value from <c>auto</c>, <c>none</c>, <c>required</c> or the name of a function.</summary>
    [return: NotNullIfNotNull(nameof(mode))]
    public static implicit operator ChatCompletionToolChoice?(string? mode)
        => mode is null ? null : new(mode);

    /// <summary>Creates a value that selects one function.</summary>
    [return: NotNullIfNotNull(nameof(tool))]
    public static implicit operator ChatCompletionToolChoice?(ChatCompletionNamedTool? tool)
        => tool is null ? null : new(tool);

    /// <summary>Creates a value of this type.</summary>
    /// <param name="mode"><c>auto</c>, <c>none</c>, <c>required</c> or the name of a function.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ChatCompletionToolChoice FromMode(string mode) => new(mode ?? throw new ArgumentNullException(nameof(mode)));

    /// <summary>Creates a value of this type.</summary>
    /// <param name="tool">The selected function.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ChatCompletionToolChoice FromTool(ChatCompletionNamedTool tool) => new(tool ?? throw new ArgumentNullException(nameof(tool)));

    /// <summary>Creates a value of an unknown type.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static ChatCompletionToolChoice FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>The model calls this function.</summary>
    /// <param name="name">The name of the function.</param>
    public static ChatCompletionToolChoice FromFunction(string name) => new ChatCompletionNamedTool
    {
        Type = ChatCompletionToolType.Function,
        Function = new ChatCompletionNamedFunction { Name = name },
    };

    /// <summary>The mode, or the choice as JSON.</summary>
    public override string ToString() => Mode ?? JToken.FromObject(_value, ApiJson.Writer).ToString(Formatting.None);

    void IValidated.Validate(string path) => Validation.Nested(Tool, path, nameof(Tool));

    internal sealed class Converter : UnionConverter<ChatCompletionToolChoice>
    {
        protected override ChatCompletionToolChoice Create(JToken json) => json switch
        {
            JValue { Value: string mode } => mode,
            JObject when As<ChatCompletionNamedTool>(json) is { } tool => tool,
            _ => new ChatCompletionToolChoice(json),
        };
    }
}
