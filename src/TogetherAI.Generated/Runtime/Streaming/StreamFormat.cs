using System.Text;
using System.Text.Json;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>
/// Where the events of an operation keep what every stream needs to know; generated from <c>x-stream</c>.
/// </summary>
internal sealed class StreamFormat
{
    /// <param name="choices">Name of the array of results; empty where the chunk itself is the result.</param>
    /// <param name="index">Name of a result's number; empty where it has none.</param>
    /// <param name="text">Ways to the new text.</param>
    /// <param name="finishReason">Name of the word that ends a result.</param>
    /// <param name="final">Names of fields that only the last chunk has.</param>
    /// <param name="whole">Name of the object that stands for all pieces; empty where none does.</param>
    /// <param name="eventName">Name of the field that names an event; empty where the event stream does.</param>
    /// <param name="events">What the events of each name say; those of other names say nothing.</param>
    /// <param name="requiresDone">Whether only <c>[DONE]</c> completes the stream.</param>
    /// <param name="completesAtEnd">Whether the end of the body completes it.</param>
    /// <param name="isJsonLines">Whether it is JSON line by line, and no event stream.</param>
    /// <param name="queryFlag">Name of the query parameter that asks for a stream; empty where none does.</param>
    /// <param name="bodyFlag">Name of the field of the request that asks for a stream; empty where none does.</param>
    /// <param name="terminator">The data that ends the stream.</param>
    /// <param name="isText">Whether the data of an event is a text and no JSON.</param>
    /// <param name="isRaw">Whether a chunk may be any JSON, and no object.</param>
    /// <param name="isOpen">Whether nothing is known of chunks, not even that they are JSON.</param>
    public StreamFormat(
        string choices = "",
        string index = "",
        string[]? text = null,
        string finishReason = "",
        string[]? final = null,
        string whole = "",
        string eventName = "",
        StreamEventFormat[]? events = null,
        bool requiresDone = false,
        bool completesAtEnd = false,
        bool isJsonLines = false,
        string queryFlag = "",
        string bodyFlag = "",
        string terminator = "[DONE]",
        bool isText = false,
        bool isRaw = false,
        bool isOpen = false)
    {
        Terminator = Encoding.UTF8.GetBytes(terminator);
        IsText = isText;
        IsRaw = isRaw || isOpen;
        IsOpen = isOpen;
        EventName = Encoding.UTF8.GetBytes(eventName);
        Events = events ?? [];
        RequiresDone = requiresDone;
        CompletesAtEnd = completesAtEnd;
        IsJsonLines = isJsonLines;
        QueryFlag = queryFlag.Length > 0 ? queryFlag : null;
        BodyFlag = bodyFlag.Length > 0 ? bodyFlag : null;
        Choices = Encoding.UTF8.GetBytes(choices);
        Index = Encoding.UTF8.GetBytes(index);
        var texts = JsonPath.ParseAll(text ?? []);
        FinishReason = Encoding.UTF8.GetBytes(finishReason);
        Final = Array.ConvertAll(final ?? [], name => Encoding.UTF8.GetBytes(name));
        Whole = Encoding.UTF8.GetBytes(whole);
        var pieces = Whole.Length > 0 ? Array.FindIndex(texts, static path => path.Length > 1) : -1;
        Pieces = pieces < 0 ? null : texts[pieces];
        Text = pieces < 0 ? texts : texts.Take(pieces + 1).ToArray();
        Besides = pieces < 0 ? [] : texts.Skip(pieces + 1).Where(static path => path.Length == 1).Select(static path => path[0]).ToArray();
    }

    /// <summary>The array of results.</summary>
    public byte[] Choices { get; }

    /// <summary>The number of a result within a choice.</summary>
    public byte[] Index { get; }

    /// <summary>Whether it is described where a chunk has its text.</summary>
    public bool HasText => IsText || Text.Length > 0 || Array.Exists(Events, static known => known.Text.Length > 0);

    /// <summary>The ways from a choice to its new text; the first that leads to one wins.</summary>
    public byte[][][] Text { get; }

    /// <summary>The word within a choice that says that the result is complete.</summary>
    public byte[] FinishReason { get; }

    /// <summary>Fields of the event that are only set in the last one.</summary>
    public byte[][] Final { get; }

    /// <summary>The object within a choice that few servers send in place of the pieces, with all of them in one.</summary>
    public byte[] Whole { get; }

    /// <summary>The way from a choice to the text of a piece that <see cref="Whole"/> stands for; null where nothing does.</summary>
    public byte[][]? Pieces { get; }

    /// <summary>Fields of a choice that have its text where no piece of it has any.</summary>
    public byte[][] Besides { get; }

    /// <summary>The field that names an event; empty where the event stream does.</summary>
    public byte[] EventName { get; }

    /// <summary>What the events of each name say; empty where all events are alike.</summary>
    public StreamEventFormat[] Events { get; }

    /// <summary>The data that ends the stream, in any case of letters.</summary>
    public byte[] Terminator { get; }

    /// <summary>Whether the data of an event is a text and no JSON.</summary>
    public bool IsText { get; }

    /// <summary>Whether a chunk may be any JSON, and no object.</summary>
    public bool IsRaw { get; }

    /// <summary>Whether nothing is known of chunks, not even that they are JSON.</summary>
    public bool IsOpen { get; }

    /// <summary>Whether only <see cref="Terminator"/> completes the stream.</summary>
    public bool RequiresDone { get; }

    /// <summary>Whether the end of the body completes the stream.</summary>
    public bool CompletesAtEnd { get; }

    /// <summary>Whether it is JSON line by line, and no event stream.</summary>
    public bool IsJsonLines { get; }

    /// <summary>The query parameter that asks for a stream; null where none does.</summary>
    public string? QueryFlag { get; }

    /// <summary>Name of the field of the request that asks for a stream; null where none does.</summary>
    public string? BodyFlag { get; }

    /// <summary>Whether the chunk itself is a result.</summary>
    public bool IsResult => Choices.Length == 0 && Events.Length == 0 && (Text.Length > 0 || FinishReason.Length > 0);

    /// <summary>What a request for the stream accepts.</summary>
    public string Accept => IsJsonLines ? "application/x-ndjson, application/jsonl, application/json" : "text/event-stream, application/json";

    /// <summary>
    /// Whether a response of a media type may be the stream. A server that names no type, or only "bytes", is given the
    /// benefit of the doubt until its body is seen.
    /// </summary>
    /// <param name="mediaType">The type without its parameters; null where the response names none.</param>
    public bool MayBe(string? mediaType)
        => mediaType?.ToLowerInvariant() switch
        {
            null or "application/octet-stream" => true,
            "text/event-stream" => !IsJsonLines,
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonl" or "application/jsonlines" or "application/json-seq" or "application/json" or "text/plain" => IsJsonLines,
            _ => false,
        };

    /// <summary>What events of a name say; null where nothing is known of them.</summary>
    public StreamEventFormat? Event(ReadOnlySpan<byte> name)
    {
        foreach (var known in Events)
        {
            if (name.SequenceEqual(known.Utf8Name))
            {
                return known;
            }
        }

        return null;
    }

    /// <summary>Whether a field of a choice is one that its text stands in, or below.</summary>
    public bool LeadsToText(int name, JsonTape tape, ReadOnlySpan<byte> json)
    {
        foreach (var path in Text)
        {
            if (tape.NameIs(name, json, path[0]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The number of a choice.</summary>
    /// <param name="choice">Its token.</param>
    /// <param name="position">Where it stands among the choices of its chunk, which is its number where it has none.</param>
    /// <param name="tape">The tokens of the chunk; that of the number is pinned.</param>
    /// <param name="json">The chunk.</param>
    /// <exception cref="JsonException">It is no integer.</exception>
    public int IndexOf(int choice, int position, JsonTape tape, ReadOnlySpan<byte> json)
    {
        var index = position;
        if (Index.Length > 0 && tape[choice].Type == JsonTokenType.StartObject)
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
