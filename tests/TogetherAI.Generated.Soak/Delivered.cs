using System.Text;
using System.Text.Json;

namespace TogetherAI.Soak;

/// <summary>What a call has handed to its caller so far.</summary>
internal sealed class Delivered
{
    private readonly StringBuilder _text = new();
    private readonly MemoryStream _bytes = new();

    /// <summary>Tokens or chunks, by their number.</summary>
    public int Count { get; private set; }

    /// <summary>How often the request was sent, if it succeeded.</summary>
    public int Attempts { get; set; }

    public void Add(string? text)
    {
        Count++;
        _text.Append(text);
    }

    public void Add(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    /// <summary>The text: of the raw bytes, that of the whole events before the first one that is none.</summary>
    public string Text() => _bytes.Length > 0 ? TextOfBytes().Text : _text.ToString();

    /// <summary>Whether the raw bytes end as a whole stream does.</summary>
    public bool EndsWithDone() => TextOfBytes().IsDone;

    /// <summary>Whether the raw bytes contain a text, as they do where the server inserted it.</summary>
    public bool Contains(ReadOnlySpan<byte> bytes) => _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length).IndexOf(bytes) >= 0;

    private (string Text, bool IsDone) TextOfBytes()
    {
        const string Start = "data: ";
        var text = new StringBuilder();
        var events = Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length).Split("\n\n");
        foreach (var item in events.SkipLast(1))
        {
            if (item == "data: [DONE]")
            {
                return (text.ToString(), events[^1].Length == 0);
            }

            if (!item.StartsWith(Start, StringComparison.Ordinal) || !TryText(item[Start.Length..], out var token))
            {
                break;
            }

            text.Append(token);
        }

        return (text.ToString(), false);
    }

    private static bool TryText(string json, out string? text)
    {
        text = null;
        try
        {
            using var chunk = JsonDocument.Parse(json);
            var isChunk = chunk.RootElement.TryGetProperty("choices", out var choices) && choices.GetArrayLength() > 0;
            text = isChunk ? choices[0].GetProperty("text").GetString() : null;
            return isChunk;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
