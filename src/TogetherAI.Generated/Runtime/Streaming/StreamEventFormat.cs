using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>What events of one name say; generated from <c>x-stream</c>.</summary>
internal sealed class StreamEventFormat
{
    public StreamEventFormat(string name, string[]? text = null, string? finishReason = null, string? error = null, bool completes = false, bool fails = false)
    {
        Name = name;
        Utf8Name = System.Text.Encoding.UTF8.GetBytes(name);
        Text = JsonPath.ParseAll(text ?? []);
        FinishReason = finishReason is null ? [] : JsonPath.Parse(finishReason);
        Error = error is null ? [] : JsonPath.Parse(error);
        Completes = completes;
        Fails = fails || error is not null;
    }

    public string Name { get; }

    public byte[] Utf8Name { get; }

    /// <summary>The ways from the event to its new text; the first that leads to one wins.</summary>
    public byte[][][] Text { get; }

    /// <summary>The way to the word that says why generation ended; empty where none does.</summary>
    public byte[][] FinishReason { get; }

    /// <summary>The way to what failed; empty where it is the whole event.</summary>
    public byte[][] Error { get; }

    /// <summary>Whether nothing comes after it.</summary>
    public bool Completes { get; }

    /// <summary>Whether it reports that the response failed.</summary>
    public bool Fails { get; }
}
