using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>
/// What a message says: a text, or parts of text, pictures, videos and recordings. A string, an array of parts and a
/// collection expression convert to it.
/// </summary>
[JsonConverter(typeof(Converter))]
[CollectionBuilder(typeof(ChatCompletionMessageContent), nameof(Create))]
public sealed class ChatCompletionMessageContent : IUnion, IValidated, IEnumerable<ChatCompletionContentPart>
{
    private readonly object _value;

    private ChatCompletionMessageContent(object value) => _value = value;

    /// <summary>
    /// The text: that of the content, or the texts of its parts one after another; null where there is none.
    /// </summary>
    public string? Text => _value switch
    {
        string text => text,
        ChatCompletionContentPart[] parts when Array.Exists(parts, static part => part.Text is not null)
            => string.Concat(parts.Select(static part => part.Text)),
        _ => null,
    };

    /// <summary>The parts; null where the content is a text.</summary>
    public IReadOnlyList<ChatCompletionContentPart>? Parts => _value as ChatCompletionContentPart[];

    /// <summary>The value where a server sent neither a text nor parts; otherwise null.</summary>
    public JToken? Json => _value as JToken;

    object IUnion.Value => _value;

    /// <summary>Takes a text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator ChatCompletionMessageContent?(string? text)
        => text is null ? null : new(text);

    /// <summary>Takes parts.</summary>
    [return: NotNullIfNotNull(nameof(parts))]
    public static implicit operator ChatCompletionMessageContent?(ChatCompletionContentPart[]? parts)
        => parts is null ? null : Create(parts);

    /// <summary>Takes parts.</summary>
    [return: NotNullIfNotNull(nameof(parts))]
    public static implicit operator ChatCompletionMessageContent?(List<ChatCompletionContentPart>? parts)
        => parts is null ? null : Create(parts.ToArray());

    /// <summary>Takes parts; collection expressions call it.</summary>
    /// <param name="parts">The parts, in the order in which the model shall see them.</param>
    public static ChatCompletionMessageContent Create(ReadOnlySpan<ChatCompletionContentPart> parts) => new(parts.ToArray());

    /// <summary>Goes through the parts; a text alone is one part.</summary>
    public IEnumerator<ChatCompletionContentPart> GetEnumerator()
    {
        IEnumerable<ChatCompletionContentPart> parts = _value switch
        {
            string text => [ChatCompletionContentPart.FromText(text)],
            ChatCompletionContentPart[] several => several,
            _ => [],
        };
        return parts.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The text, or the JSON of a content without text.</summary>
    public override string ToString() => Text ?? Json?.ToString(Formatting.None) ?? "";

    void IValidated.Validate(string path) => Validation.Nested(Parts, path, nameof(Parts));

    internal sealed class Converter : UnionConverter<ChatCompletionMessageContent>
    {
        protected override ChatCompletionMessageContent Create(JToken json) => json switch
        {
            JValue { Value: string text } => text,
            JArray when As<ChatCompletionContentPart[]>(json) is { } parts && Array.TrueForAll(parts, static part => part is not null) => parts,
            _ => new ChatCompletionMessageContent(json),
        };
    }
}
