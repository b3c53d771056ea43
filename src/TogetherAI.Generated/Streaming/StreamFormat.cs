using System.Text;
using System.Text.Json;

namespace TogetherAI;

/// <summary>
/// Where the events of an operation keep what every stream needs to know; generated from <c>x-stream</c>.
/// </summary>
internal sealed class StreamFormat
{
    public StreamFormat(string choices, string index, string[] text, string finishReason, string[] final, string whole = "")
    {
        Choices = Encoding.UTF8.GetBytes(choices);
        Index = Encoding.UTF8.GetBytes(index);
        Text = Array.ConvertAll(text, path => Array.ConvertAll(path.Split('/'), name => Encoding.UTF8.GetBytes(name)));
        FinishReason = Encoding.UTF8.GetBytes(finishReason);
        Final = Array.ConvertAll(final, name => Encoding.UTF8.GetBytes(name));
        Whole = Encoding.UTF8.GetBytes(whole);
        Pieces = Whole.Length > 0 ? Array.Find(Text, path => path.Length > 1) : null;
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

    /// <summary>The object within a choice that few servers send in place of the pieces, with all of them in one.</summary>
    public byte[] Whole { get; }

    /// <summary>The way from a choice to the text of a piece that <see cref="Whole"/> stands for; null where nothing does.</summary>
    public byte[][]? Pieces { get; }

    /// <summary>The number of a choice.</summary>
    /// <param name="choice">Its token.</param>
    /// <param name="position">Where it stands among the choices of its chunk, which is its number where it has none.</param>
    /// <param name="tape">The tokens of the chunk; that of the number is pinned.</param>
    /// <param name="json">The chunk.</param>
    /// <exception cref="JsonException">It is no integer.</exception>
    public int IndexOf(int choice, int position, JsonTape tape, ReadOnlySpan<byte> json)
    {
        var index = position;
        if (tape[choice].Type == JsonTokenType.StartObject)
        {
            for (var name = choice + 1; tape[name].Type == JsonTokenType.PropertyName; name = tape.After(name + 1))
            {
                if (tape.NameIs(name, json, Index))
                {
                    tape[name + 1].IsPinned = true;
                    index = tape[name + 1].Type == JsonTokenType.Null ? position
                        : tape.Int32(name + 1, json) ?? throw new JsonException($"The value at '{tape.PathTo(name + 1, json)}' is not an integer that fits.");
                }
            }
        }

        return index;
    }
}
