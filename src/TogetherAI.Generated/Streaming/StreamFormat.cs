using System.Text;

namespace TogetherAI;

/// <summary>
/// Where the events of an operation keep what every stream needs to know; generated from <c>x-stream</c>.
/// </summary>
internal sealed class StreamFormat
{
    public StreamFormat(string choices, string index, string[] text, string finishReason, string[] final)
    {
        Choices = Encoding.UTF8.GetBytes(choices);
        Index = Encoding.UTF8.GetBytes(index);
        Text = Array.ConvertAll(text, path => Array.ConvertAll(path.Split('/'), name => Encoding.UTF8.GetBytes(name)));
        FinishReason = Encoding.UTF8.GetBytes(finishReason);
        Final = Array.ConvertAll(final, name => Encoding.UTF8.GetBytes(name));
    }

    /// <summary>The array of results.</summary>
    public byte[] Choices { get; }

    /// <summary>The number of a result within a choice.</summary>
    public byte[] Index { get; }

    /// <summary>The ways from a choice to its new text, one or two names long; the first that leads to one wins.</summary>
    public byte[][][] Text { get; }

    /// <summary>The word within a choice that says that the result is complete.</summary>
    public byte[] FinishReason { get; }

    /// <summary>Fields of the event that are only set in the last one.</summary>
    public byte[][] Final { get; }
}
