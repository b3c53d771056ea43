using System.Text.Json;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>
/// Reads the events of one stream as far as they are the same to everyone: finds the announced end, failures that the
/// server reports, and events that are not what the document describes.
/// </summary>
/// <remarks>
/// Neither this nor what calls it for each event is generic: the compiler then makes the same fast code for all streams of
/// a process, whatever their values are.
/// </remarks>
internal abstract partial class EventReader
{
    private const int ExcerptLength = 200;
    private const string ErrorEvent = "error";

    // WHATWG HTML, 9.2.6: what an event without a name is called.
    protected const string UnnamedEvent = "message";

    private readonly StreamFormat _format;
    private readonly byte[] _terminator;
    private readonly WholeMessages? _messages;
    private ApiResponse _response = null!;
    private ResponseStream _stream = null!;
    private EventByteStream _bytes = null!;
    private int _maxEventBytes;
    private string? _learnedEventType;
    private bool _isLast;
    private CallRecord? _record;

    /// <summary>Prepares the reading of a stream.</summary>
    /// <param name="format">Where its chunks keep what every stream needs.</param>
    protected EventReader(StreamFormat format)
    {
        _format = format;
        _terminator = format.Terminator;
        _messages = WholeMessages.For(format);
        Progress = new StreamProgress(format.RequiresDone);
    }

    /// <summary>Where the chunks keep what every stream needs.</summary>
    public StreamFormat Format => _format;

    public StreamProgress Progress { get; }

    /// <summary>The tokens of the last chunk.</summary>
    protected JsonTape Tape { get; } = new();

    /// <summary>The token of the response's text in the last chunk; -1 where it has none.</summary>
    protected int Text { get; private set; } = JsonTapeToken.None;

    public EventByteStream Attach(ApiResponse response, ResponseStream stream)
    {
        _response = response;
        _record = response.Record;
        _stream = stream;
        _maxEventBytes = response.Settings.Client.MaxEventBytes;
        Tape.MaxTokens = JsonBudget.MaxValuesOf(_maxEventBytes);
        _bytes = new EventByteStream(_format.IsJsonLines ? new JsonLinesStream(stream) : stream, Progress, response.Settings.Client, TooLarge);
        return _bytes;
    }

    /// <summary>The exception for a stream that ended too early; null where it may end here.</summary>
    public TogetherAIException? AtEnd()
    {
        if (_stream.EventsReceived == 0 && !_bytes.EndsWithBareDone && _bytes.Unexpected is { Bytes.IsEmpty: false } body)
        {
            return EventStreamCheck.Failure(_response, _format, ErrorBody.Of(body.Bytes, body.IsTruncated));
        }

        if (Progress.IsComplete || _format.CompletesAtEnd || _bytes.EndsWithBareDone || _response.Settings.Client.AllowUnterminatedStreams)
        {
            return AtDone();
        }

        var what = _stream.EventsReceived == 0
            ? "The stream ended before the first event."
            : $"The stream ended after {_stream.Received} without an indication that it is complete; the response may be incomplete.";
        return Failure(what, TogetherAIStreamFailure.Incomplete);
    }

    /// <summary>
    /// The exception for a stream that is whole, but has its texts in a place that the document does not know: to a caller who
    /// gets the texts alone it would look as if the model had said nothing. Null where it has none of that kind.
    /// </summary>
    public TogetherAIException? AtDone()
    {
        if (this is not TextChunkReader || _format.Choices.Length == 0 || _stream.EventsReceived == 0)
        {
            return null;
        }

        var missing = !Progress.HasChoices ? "has choices, which should contain the text"
            : Progress is { HasTextPlace: false, HasUnknownPlace: true } ? "has a choice with text in the expected field"
            : null;
        return missing is null ? null
            : Failure($"None of the {_stream.EventsReceived} events of the stream {missing}.", TogetherAIStreamFailure.MalformedEvent);
    }

    /// <summary>What the last event was. The parser says the same, but in a structure that is dear to copy.</summary>
    public StreamEvent Event { get; private set; }

    /// <summary>Reads one event; the parser of the event stream calls it.</summary>
    public StreamEvent Read(string eventType, ReadOnlySpan<byte> data) => Event = ReadJson(NameOf(eventType), data);

    /// <summary>The same where the data of an event is a text and no JSON.</summary>
    public StreamEvent ReadText(string eventType, ReadOnlySpan<byte> data) => Event = ReadPlain(NameOf(eventType), data);

    // WHATWG HTML, 9.2.6: an empty name is none.
    private static string NameOf(string eventType) => eventType.Length == 0 ? UnnamedEvent : eventType;

    private StreamEvent ReadJson(string eventType, ReadOnlySpan<byte> data)
    {
        _bytes.EventRead();
        if (data.Length > _maxEventBytes)
        {
            throw TooLarge();
        }

        var chunk = Trim(data);
        // Some proxies pass a server's keep-alive comments on as data.
        if (chunk.IsEmpty || chunk[0] == (byte)':')
        {
            return eventType == ErrorEvent ? throw ReportedByServer(chunk)
                : chunk.IsEmpty && _format.Events.Length > 0 ? ReadEmpty(eventType)
                : StreamEvent.Nothing;
        }

        return IsAnnouncedEnd(chunk) ? StreamEvent.End : ReadChunk(eventType, chunk);
    }

    private StreamEvent ReadPlain(string eventType, ReadOnlySpan<byte> data)
    {
        _bytes.EventRead();
        if (data.Length > _maxEventBytes)
        {
            throw TooLarge();
        }

        if (eventType == ErrorEvent)
        {
            throw ReportedByServer(data);
        }

        if (IsAnnouncedEnd(Trim(data)))
        {
            return StreamEvent.End;
        }

        CountUnreadEvent();
        return data.IsEmpty ? StreamEvent.Nothing : ReadUnknown(eventType, data) ?? StreamEvent.Nothing;
    }

    /// <summary>Reads the value of a chunk, whose tokens are known; false where it has none.</summary>
    /// <exception cref="Newtonsoft.Json.JsonException">It is not what the document describes.</exception>
    public abstract bool TryReadValue(string eventType, ReadOnlySpan<byte> chunk);

    /// <summary>Reads data that is not JSON, of an event that the document does not describe; null where it is an error.</summary>
    protected abstract StreamEvent? ReadUnknown(string eventType, ReadOnlySpan<byte> data);

    private bool IsAnnouncedEnd(ReadOnlySpan<byte> data) => data.Length == _terminator.Length && IsTerminator(data);

    private bool IsTerminator(ReadOnlySpan<byte> data)
    {
        for (var i = 0; i < data.Length; i++)
        {
            var isLetter = (byte)((data[i] | 0x20) - 'a') <= 'z' - 'a';
            if (data[i] != _terminator[i] && !(isLetter && (data[i] | 0x20) == (_terminator[i] | 0x20)))
            {
                return false;
            }
        }

        return true;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> data)
    {
        var start = 0;
        var end = data.Length;
        while (start < end && data[start] <= (byte)' ')
        {
            start++;
        }

        while (end > start && data[end - 1] <= (byte)' ')
        {
            end--;
        }

        return data.Slice(start, end - start);
    }

    private StreamEvent ReadChunk(string eventType, ReadOnlySpan<byte> chunk)
    {
        try
        {
            var json = eventType == ErrorEvent || !IsOfLearnedEvent(eventType) || !Tape.TryFit(chunk) ? Scan(eventType, chunk) : chunk;

            // Texts are what most streams are read for. A call of a known method is one that the compiler can inline.
            var hasValue = this is TextChunkReader texts ? texts.TryReadValue(eventType, json) : TryReadValue(eventType, json);
            CountEvent(json);
            return _isLast ? Last(hasValue) : hasValue ? StreamEvent.Value : StreamEvent.Nothing;
        }
        catch (Exception exception) when (exception is JsonException or Newtonsoft.Json.JsonException)
        {
            if (IsUndescribed(eventType) && ReadUnknown(eventType, chunk) is { } unknown)
            {
                CountUnreadEvent();
                return unknown;
            }

            Reject(eventType, chunk, exception);
            return StreamEvent.Nothing;
        }
        catch (JsonTooLargeException exception)
        {
            throw Failure(
                $"Event {_stream.EventsReceived + 1} of the stream has more than {exception.MaxValues} JSON tokens, which is too many for MaxEventBytes ({_maxEventBytes}).",
                TogetherAIStreamFailure.EventTooLarge);
        }
    }

    private void CountEvent(ReadOnlySpan<byte> json)
    {
        _stream.CountEvent();
        if (_record is not null)
        {
            _record.Read(Tape, json, Progress.FinishReason, Progress.FinishReasons);
            _record.ChunkReceived();
        }
    }

    private void CountUnreadEvent()
    {
        _stream.CountEvent();
        _record?.ChunkReceived();
    }

    private static StreamEvent Last(bool hasValue) => hasValue ? StreamEvent.Last : StreamEvent.End;

    // An event without data has a name all the same.
    private StreamEvent ReadEmpty(string eventType)
    {
        var known = Array.Find(_format.Events, known => known.Name == eventType);
        if (known is { Fails: true })
        {
            throw ReportedByServer([]);
        }

        var value = eventType == UnnamedEvent ? StreamEvent.Nothing : ReadUnknown(eventType, []) ?? StreamEvent.Nothing;
        if (known is { Completes: true })
        {
            Progress.EndSeen();
            return Last(value == StreamEvent.Value);
        }

        return value;
    }

    // Whether nothing is known of the stream, or of an event that has a name.
    private bool IsUndescribed(string eventType)
        => !_bytes.HasCompletedLastEvent && eventType != ErrorEvent && (_format.IsOpen || (_format.Events.Length > 0
            && eventType != UnnamedEvent
            && Array.Find(_format.Events, known => known.Name == eventType) is not ({ Text.Length: > 0 } or { Completes: true } or { Fails: true })));

    // Where events differ by their names, a chunk is like another one only under the same name.
    private bool IsOfLearnedEvent(string eventType) => _format.Events.Length == 0 || eventType == _learnedEventType;

    // Gives back what the tokens were read of.
    private ReadOnlySpan<byte> Scan(string eventType, ReadOnlySpan<byte> chunk)
    {
        chunk = Parse(chunk);
        if (_messages?.WithPieces(chunk, Tape) is { } withPieces)
        {
            chunk = withPieces;
            Tape.Parse(chunk);
        }

        var scanner = new ChunkScanner(chunk, Tape, _format, Progress, _messages, eventType);
        scanner.Scan();
        if (eventType == ErrorEvent || scanner.HasError)
        {
            throw ReportedByServer(chunk, scanner.ChoiceError);
        }

        Text = scanner.Text;
        _isLast = scanner.IsLast;
        _learnedEventType = null;
        if (!scanner.IsMeaningful && (Text == JsonTapeToken.None || Tape[Text].Type == JsonTokenType.String))
        {
            Tape.Learn(chunk, required: Text);
            _learnedEventType = eventType;
        }

        return chunk;
    }

    private ReadOnlySpan<byte> Parse(ReadOnlySpan<byte> chunk)
    {
        try
        {
            Tape.Parse(chunk);
            return chunk;
        }
        catch (JsonException) when (NonFiniteNumbers.Quote(chunk) is { } quoted)
        {
            Tape.Parse(quoted);
            return quoted;
        }
    }
}
