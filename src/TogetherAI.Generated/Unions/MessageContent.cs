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
/// What a message or the result of a tool says: a text, or blocks. A string, an array of blocks and a collection expression
/// convert to it.
/// </summary>
[JsonConverter(typeof(Converter))]
[CollectionBuilder(typeof(MessageContent), nameof(Create))]
public sealed class MessageContent : IUnion, IValidated, IEnumerable<MessageContentBlock>
{
    private readonly object _value;
    private string? _text;

    private MessageContent(object value) => _value = value;

    /// <summary>
    /// The text: that of the content, or the texts of its <c>text</c> blocks one after another; null where there is none.
    /// </summary>
    public string? Text => _text ??= _value switch
    {
        string text => text,
        MessageContentBlock[] blocks => MessageText.Join(blocks, MessageContentBlockType.Text, static block => block.Text),
        _ => null,
    };

    /// <summary>The blocks; null where the content is a text.</summary>
    public IReadOnlyList<MessageContentBlock>? Blocks => _value as MessageContentBlock[];

    /// <summary>The JSON of a value that is none of the known types; otherwise null.</summary>
    public JToken? Unknown => _value as JToken;

    /// <summary>The value, whatever its type is; a <see cref="JToken"/> where it is none of the known types.</summary>
    public object Value => _value;

    /// <summary>Takes a text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator MessageContent?(string? text)
        => text is null ? null : new(text);

    /// <summary>Takes blocks.</summary>
    [return: NotNullIfNotNull(nameof(blocks))]
    public static implicit operator MessageContent?(MessageContentBlock[]? blocks)
        => blocks is null ? null : Create(blocks);

    /// <summary>Takes blocks.</summary>
    [return: NotNullIfNotNull(nameof(blocks))]
    public static implicit operator MessageContent?(List<MessageContentBlock>? blocks)
        => blocks is null ? null : Create(blocks.ToArray());

    /// <summary>Creates a value of this type.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static MessageContent FromText(string text) => new(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>Creates a value of this type.</summary>
    /// <param name="blocks">The blocks, in the order in which the model shall see them.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static MessageContent FromBlocks(IEnumerable<MessageContentBlock> blocks) => Create((blocks ?? throw new ArgumentNullException(nameof(blocks))).ToArray());

    /// <summary>Creates a value of a type that is not known here.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static MessageContent FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>Takes blocks; collection expressions call it.</summary>
    /// <param name="blocks">The blocks, in the order in which the model shall see them.</param>
    public static MessageContent Create(ReadOnlySpan<MessageContentBlock> blocks) => new(blocks.ToArray());

    /// <summary>Goes through the blocks; a text alone is one block.</summary>
    public IEnumerator<MessageContentBlock> GetEnumerator()
    {
        IEnumerable<MessageContentBlock> blocks = _value switch
        {
            string text => [MessageContentBlock.FromText(text)],
            MessageContentBlock[] several => several,
            _ => [],
        };
        return blocks.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The text, or the JSON of a content without text.</summary>
    public override string ToString() => Text ?? Unknown?.ToString(Formatting.None) ?? "";

    void IValidated.Validate(string path) => Validation.Nested(Blocks, path, nameof(Blocks));

    internal sealed class Converter : UnionConverter<MessageContent>
    {
        protected override MessageContent Create(JToken json) => json switch
        {
            JValue { Value: string text } => text,
            JArray when As<MessageContentBlock[]>(json) is { } blocks && Array.TrueForAll(blocks, static block => block is not null) => blocks,
            _ => new MessageContent(json),
        };
    }
}
