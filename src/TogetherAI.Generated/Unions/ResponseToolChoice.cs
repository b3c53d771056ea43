using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>Whether and which tools the model calls. A string converts to it.</summary>
[JsonConverter(typeof(Converter))]
public sealed class ResponseToolChoice : IUnion, IValidated
{
    private readonly object _value;

    private ResponseToolChoice(object value) => _value = value;

    /// <summary>The model decides.</summary>
    public static ResponseToolChoice Auto { get; } = "auto";

    /// <summary>The model calls no tool.</summary>
    public static ResponseToolChoice None { get; } = "none";

    /// <summary>The model calls at least one tool.</summary>
    public static ResponseToolChoice Required { get; } = "required";

    /// <summary>Gets the mode, such as <c>auto</c>; null if the choice is an object.</summary>
    public string? Mode => _value as string;

    /// <summary>Gets the selected tools; null if the choice is a mode.</summary>
    public ResponseNamedTool? Tool => _value as ResponseNamedTool;

    /// <summary>Gets the JSON of a value of an unknown type; otherwise null.</summary>
    public JToken? Unknown => _value as JToken;

    /// <summary>The value, whatever its type is; a <see cref="JToken"/> if its type is unknown.</summary>
    public object Value => _value;

    /// <summary>Creates a value from <c>auto</c>, <c>none</c> or <c>required</c>.</summary>
    [return: NotNullIfNotNull(nameof(mode))]
    public static implicit operator ResponseToolChoice?(string? mode)
        => mode is null ? null : new(mode);

    /// <summary>Creates a value that selects certain tools.</summary>
    [return: NotNullIfNotNull(nameof(tool))]
    public static implicit operator ResponseToolChoice?(ResponseNamedTool? tool)
        => tool is null ? null : new(tool);

    /// <summary>Creates a value of this type.</summary>
    /// <param name="mode"><c>auto</c>, <c>none</c> or <c>required</c>.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ResponseToolChoice FromMode(string mode) => new(mode ?? throw new ArgumentNullException(nameof(mode)));

    /// <summary>Creates a value of this type.</summary>
    /// <param name="tool">The selected tools.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ResponseToolChoice FromTool(ResponseNamedTool tool) => new(tool ?? throw new ArgumentNullException(nameof(tool)));

    /// <summary>Creates a value of an unknown type.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static ResponseToolChoice FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>The model calls this function.</summary>
    /// <param name="name">The name of the function.</param>
    public static ResponseToolChoice FromFunction(string name) => new ResponseNamedTool
    {
        Type = ResponseNamedToolType.Function,
        Name = name ?? throw new ArgumentNullException(nameof(name)),
    };

    /// <summary>The mode, or the choice as JSON.</summary>
    public override string ToString() => Mode ?? JToken.FromObject(_value, ApiJson.Writer).ToString(Formatting.None);

    void IValidated.Validate(string path) => Validation.Nested(Tool, path, nameof(Tool));

    internal sealed class Converter : UnionConverter<ResponseToolChoice>
    {
        protected override ResponseToolChoice Create(JToken json) => json switch
        {
            JValue { Value: string mode } => mode,
            JObject when As<ResponseNamedTool>(json) is { } tool => tool,
            _ => new ResponseToolChoice(json),
        };
    }
}
