using System.Text.Json;

namespace TogetherAI;

/// <summary>
/// Where the events of an operation keep what every stream needs to know; generated from <c>x-together-stream</c>.
/// </summary>
internal sealed class StreamFormat
{
    public StreamFormat(string choices, string index, string[] text, string finishReason, string[] final)
    {
        Choices = JsonEncodedText.Encode(choices);
        Index = JsonEncodedText.Encode(index);
        Text = Array.ConvertAll(text, path => Array.ConvertAll(path.Split('/'), name => JsonEncodedText.Encode(name)));
        FinishReason = JsonEncodedText.Encode(finishReason);
        Final = Array.ConvertAll(final, name => JsonEncodedText.Encode(name));
    }

    /// <summary>The array of results.</summary>
    public JsonEncodedText Choices { get; }

    /// <summary>The number of a result within a choice.</summary>
    public JsonEncodedText Index { get; }

    /// <summary>The ways from a choice to its new text, one or two names long; the first that leads to one wins.</summary>
    public JsonEncodedText[][] Text { get; }

    /// <summary>The word within a choice that says that the result is complete.</summary>
    public JsonEncodedText FinishReason { get; }

    /// <summary>Fields of the event that are only set in the last one.</summary>
    public JsonEncodedText[] Final { get; }
}
