using NewtonsoftException = Newtonsoft.Json.JsonException;
using Utf8JsonException = System.Text.Json.JsonException;

namespace TogetherAI;

/// <summary>
/// Turns the events of one stream into values: finds the announced end, failures that the server reports, and events
/// that are not what the document describes. What a value is made of is the subclasses' part.
/// </summary>
internal abstract class ChunkReader<T>
{
    private const int ExcerptBytes = 200;

    private readonly StreamFormat _format;
    private readonly ChunkShortcut _shortcut;
    private ApiResponse _response = null!;
    private ResponseStream _stream = null!;
    private EventByteStream _bytes = null!;

    protected ChunkReader(StreamFormat format)
    {
        _format = format;
        _shortcut = new ChunkShortcut(format);
    }

    public StreamProgress Progress { get; } = new();

    public EventByteStream Attach(ApiResponse response, ResponseStream stream)
    {
        _response = response;
        _stream = stream;
        _bytes = new EventByteStream(stream, response.Settings.Client.MaxEventBytes, TooLarge);
        return _bytes;
    }

    /// <summary>Reads one event; the parser of the event stream calls it.</summary>
    public StreamEvent<T> Read(string eventType, ReadOnlySpan<byte> data)
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
            return StreamEvent<T>.Nothing;
        }

        if (IsDone(data))
        {
            return StreamEvent<T>.Done;
        }

        try
        {
            var result = Create(data, FindText(eventType, data));
            _stream.CountEvent();
            return result;
        }
        catch (Exception exception) when (exception is Utf8JsonException or NewtonsoftException)
        {
            throw Malformed(eventType, data, exception);
        }
    }

    /// <summary>Makes a value of a chunk that is known to be a JSON object without an error in it.</summary>
    protected abstract StreamEvent<T> Create(ReadOnlySpan<byte> data, ChunkText text);

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

    private static bool IsDone(ReadOnlySpan<byte> data)
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

    private ChunkText FindText(string eventType, ReadOnlySpan<byte> data)
    {
        var isReport = eventType == "error";
        if (!isReport && _shortcut.TryFindText(data, out var text))
        {
            return text;
        }

        var scanner = new ChunkScanner(data, _format, Progress);
        scanner.Scan();
        if (isReport || scanner.HasError)
        {
            throw ReportedByServer(data);
        }

        if (scanner.IsPlain)
        {
            var (start, length) = scanner.TextRange;
            _shortcut.Remember(data, start, length);
        }

        return scanner.Text;
    }

    private TogetherAIException Malformed(string eventType, ReadOnlySpan<byte> data, Exception exception)
    {
        if (eventType == "error")
        {
            return ReportedByServer(data);
        }

        if (_bytes.IsAtEnd)
        {
            return Failure(
                $"The stream ended inside an event, after {CallErrors.Events(_stream.EventsReceived)}; the answer is cut short.",
                TogetherAIStreamFailure.Incomplete,
                cause: exception);
        }

        var excerpt = TogetherAIJson.Decode(data.Slice(0, Math.Min(data.Length, ExcerptBytes)));
        return Failure(
            $"Event {_stream.EventsReceived + 1} of the stream is malformed: {ErrorText.Sentence(exception.Message)} It begins with: {ErrorText.OneLine(excerpt)}",
            TogetherAIStreamFailure.MalformedEvent,
            cause: exception);
    }

    private TogetherAIException ReportedByServer(ReadOnlySpan<byte> data)
    {
        var kept = TogetherAIJson.Decode(data.Slice(0, Math.Min(data.Length, ResponseBody.MaxKeptBytes)));
        var error = ServerError.Parse(kept);
        var said = error?.Message ?? (kept[0] is '{' ? "it gave no reason" : kept);
        return Failure(
            $"The server reported an error after {CallErrors.Events(_stream.EventsReceived)} of the stream: {ErrorText.Sentence(said)}",
            TogetherAIStreamFailure.ServerError,
            _response.Details(error, kept, kept.Length < data.Length && data.Length > ResponseBody.MaxKeptBytes));
    }

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
