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
/// The content of a message or of a tool result: a string or blocks. A string, an array of blocks and a collection expression
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
    /// Gets the text: the string, or the concatenated texts of the <c>text</c> blocks; null if there is none.
    /// </summary>
    public string? Text => _text ??= _value switch
    {
        string text => text,
        MessageContentBlock[] blocks => MessageText.Join(blocks, MessageContentBlockType.Text, static block => block.Text),
        _ => null,
    };

    /// <summary>Gets the blocks; null if the content is a string.</summary>
    public IReadOnlyList<MessageContentBlock>? Blocks => _value as MessageContentBlock[];

    /// <summary>Gets the JSON of a value of an unknown type; otherwise null.</summary>
    public JToken? Unknown => _value as JToken;

    /// <summary>The value, whatever its type is; a <see cref="JToken"/> if its type is unknown.</summary>
    public object Value => _value;

    /// <summary>Creates a value from a string.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator MessageContent?(string? text)
        => text is null ? null : new(text);

    /// <summary>Creates a value from blocks.</summary>
    [return: NotNullIfNotNull(nameof(blocks))]
    public static implicit operator MessageContent?(MessageContentBlock[]? blocks)
        => blocks is null ? null : Create(blocks);

    /// <summary>Creates a value from blocks.</summary>
    [return: NotNullIfNotNull(nameof(blocks))]
    public static implicit operator MessageContent?(List<MessageContentBlock>? blocks)
        => blocks is null ? null : Create(blocks.ToArray());

    /// <summary>Creates a value of this type.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static MessageContent FromText(string text) => new(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>Creates a value of this type.</summary>
    /// <param name="blocks">The blocks, in order.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static MessageContent FromBlocks(IEnumerable<MessageContentBlock> blocks) => Create((blocks ?? throw new ArgumentNullException(nameof(blocks))).ToArray());

    /// <summary>Creates a value of an unknown type.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static MessageContent FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>Creates a value from blocks, for collection expressions.</summary>
    /// <param name="blocks">The blocks, in order.</param>
    public static MessageContent Create(ReadOnlySpan<MessageContentBlock> blocks) => new(blocks.ToArray());

    /// <summary>Enumerates the blocks; a string is one block.</summary>
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

    /// <summary>Returns the text, or the JSON of content without text.</summary>
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
