using TogetherAI.Runtime.Json;

namespace TogetherAI;

public sealed partial class MessageContent
{
    private string? _text;

    /// <summary>
    /// Gets the text: the string, or the concatenated texts of the <c>text</c> blocks; null if there is none.
    /// </summary>
    public string? Text => _text ??= _value as string ?? MessageText.Join(Blocks, MessageContentBlockType.Text, static block => block.Text);

    /// <summary>Enumerates the blocks; a string is one block.</summary>
    public IEnumerator<MessageContentBlock> GetEnumerator()
        => (Blocks ?? (_value is string text ? [MessageContentBlock.FromText(text)] : [])).GetEnumerator();

    /// <summary>Returns the text, or the JSON of content without text.</summary>
    public override string ToString() => Text ?? UnionText.Of(_value);
}
