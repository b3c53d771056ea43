using NewtonsoftException = Newtonsoft.Json.JsonException;
using Utf8JsonException = System.Text.Json.JsonException;

namespace TogetherAI;

/// <summary>
/// Turns the events of one stream into values: finds the announced end, failures that the server reports, and events
/// that are not what the document describes. What a value is made of is the subclasses' part.
/// </summary>
internal abstract class ChunkReader<T>
    where T : class
{
    private const int ExcerptLength = 200;
    private const string ErrorEvent = "error";

    private readonly StreamFormat _format;
    private readonly JsonTape _tape = new();
    private ApiResponse _response = null!;
    private ResponseStream _stream = null!;
    private EventByteStream _bytes = null!;

    // The token of the first choice's text in the chunks that the tape fits; -1 where they have none.
    private int _text = JsonTapeToken.None;

    protected ChunkReader(StreamFormat format) => _format = format;

    public StreamProgress Progress { get; } = new();

    public EventByteStream Attach(ApiResponse response, ResponseStream stream)
    {
        _response = response;
        _stream = stream;
        _bytes = new EventByteStream(stream, Progress, response.Settings.Client.MaxEventBytes, TooLarge);
        return _bytes;
    }

    /// <summary>Whether the last event was the announcement of the end.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Reads one event; the parser of the event stream calls it. Null where the event has no value.</summary>
    public T? Read(string eventType, ReadOnlySpan<byte> data)
    {
        _bytes.EventRead();
        if (data.Length > _response.Settings.Client.MaxEventBytes)
        {
            throw TooLarge();
        }

        data = Trim(data);
        // Some proxies pass a server's keep-alive comments on as data.
        if (data.IsEmpty || data[0] == (byte)':')
        {
            return eventType == ErrorEvent ? throw ReportedByServer(data) : null;
        }

        if (IsAnnouncedEnd(data))
        {
            IsDone = true;
            return null;
        }

        try
        {
            if (eventType == ErrorEvent || !_tape.TryFit(data))
            {
                Scan(eventType, data);
            }

            var result = Create(data, _tape, _text);
            _stream.CountEvent();
            return result;
        }
        catch (Exception exception) when (exception is Utf8JsonException or NewtonsoftException)
        {
            if (_bytes.HasCompletedLastEvent && eventType != ErrorEvent && _response.Settings.Client.AllowUnterminatedStreams)
            {
                // WHATWG HTML, 9.2.6: an event that breaks off is no event.
                return null;
            }

            throw Malformed(eventType, data, exception);
        }
    }

    /// <summary>Makes a value of a chunk that is known to be a JSON object without an error in it.</summary>
    /// <param name="data">The chunk.</param>
    /// <param name="tape">Its tokens.</param>
    /// <param name="text">The token of the first choice's text; -1 for none.</param>
    protected abstract T? Create(ReadOnlySpan<byte> data, JsonTape tape, int text);

    /// <summary>The exception for a stream that ended too early; null where it may end here.</summary>
    public TogetherAIException? AtEnd()
    {
        if (Progress.IsComplete || _bytes.EndsWithBareDone || _response.Settings.Client.AllowUnterminatedStreams)
        {
            return null;
        }

        var received = _stream.EventsReceived;
        var what = received == 0
            ? "The stream ended before any event came."
            : $"The stream ended after {CallErrors.Events(received)} without saying that it is complete; the answer may be cut short.";
        return Failure(what, TogetherAIStreamFailure.Incomplete);
    }

    private static bool IsAnnouncedEnd(ReadOnlySpan<byte> data)
    {
        const int Length = 6;
        if (data.Length != Length || data[0] != (byte)'[' || data[Length - 1] != (byte)']')
        {
            return false;
        }

        return (data[1] | 0x20) == 'd' && (data[2] | 0x20) == 'o' && (data[3] | 0x20) == 'n' && (data[4] | 0x20) == 'e';
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

    private void Scan(string eventType, ReadOnlySpan<byte> data)
    {
        _tape.Parse(data);
        var scanner = new ChunkScanner(data, _tape, _format, Progress);
        scanner.Scan();
        if (eventType == ErrorEvent || scanner.HasError)
        {
            throw ReportedByServer(data, scanner.ChoiceError);
        }

        _text = scanner.Text;
        if (!scanner.IsTelling)
        {
            _tape.Learn(data, required: _text);
        }
    }

    private TogetherAIException Malformed(string eventType, ReadOnlySpan<byte> data, Exception exception)
    {
        var secrets = _response.Settings.Secrets;
        if (eventType == ErrorEvent)
        {
            return ReportedByServer(data);
        }

        if (_bytes.HasCompletedLastEvent)
        {
            return Failure(
                $"The stream ended inside an event, after {CallErrors.Events(_stream.EventsReceived)}; the answer is cut short.",
                TogetherAIStreamFailure.Incomplete,
                cause: secrets.Presentable(exception));
        }

        var excerpt = Kept(data);
        return Failure(
            $"Event {_stream.EventsReceived + 1} of the stream is malformed: {ErrorText.Sentence(secrets.Hide(exception.Message))} It begins with: {ErrorText.OneLine(excerpt, ExcerptLength)}",
            TogetherAIStreamFailure.MalformedEvent,
            cause: secrets.Presentable(exception));
    }

    private TogetherAIException ReportedByServer(ReadOnlySpan<byte> data, ReadOnlySpan<byte> choiceError = default)
    {
        var kept = Kept(data);
        var error = choiceError.IsEmpty ? ServerError.Parse(kept) : ServerError.FromJson(Kept(choiceError));
        var said = error?.Message ?? (kept.Length == 0 || kept[0] is '{' ? "it gave no reason" : kept);
        return Failure(
            $"The server reported an error after {CallErrors.Events(_stream.EventsReceived)} of the stream: {ErrorText.Sentence(said)}",
            TogetherAIStreamFailure.ServerError,
            _response.Details(error, kept, isBodyTruncated: data.Length > ResponseBody.MaxKeptBytes));
    }

    private string Kept(ReadOnlySpan<byte> data)
        => _response.Settings.Secrets.Hide(TogetherAIJson.Decode(data.Slice(0, Math.Min(data.Length, ResponseBody.MaxKeptBytes))));

    private TogetherAIStreamException TooLarge() => Failure(
        $"Event {_stream.EventsReceived + 1} of the stream is larger than {_response.Settings.Client.MaxEventBytes} bytes (MaxEventBytes).",
        TogetherAIStreamFailure.EventTooLarge);

    private TogetherAIStreamException Failure(
        string message,
        TogetherAIStreamFailure failure,
        FailureDetails? details = null,
        Exception? cause = null)
        => new(message, failure, _stream.EventsReceived, details ?? _response.Details(), cause);
}
