using TogetherAI.Runtime.Json;

namespace TogetherAI;

public sealed partial class ResponseContent
{
    private string? _text;

    /// <summary>
    /// Gets the text: the string, or the concatenated texts of the parts; null if there is none.
    /// </summary>
    public string? Text => _text ??= _value as string ?? MessageText.Join(Parts, static part => part.Text);

    /// <summary>Enumerates the parts; a string is one part.</summary>
    public IEnumerator<ResponseContentPart> GetEnumerator()
        => (Parts ?? (_value is string text ? [ResponseContentPart.FromInputText(text)] : [])).GetEnumerator();

    /// <summary>Returns the text, or the JSON of content without text.</summary>
    public override string ToString() => Text ?? UnionText.Of(_value);
}
