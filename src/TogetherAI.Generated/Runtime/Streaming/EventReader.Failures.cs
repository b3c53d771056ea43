using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>What is wrong with events and with ends.</summary>
internal abstract partial class EventReader
{
    // Throws, unless it is a chunk that the stream may break off in.
    private void Reject(string eventType, ReadOnlySpan<byte> chunk, Exception exception)
    {
        // WHATWG HTML, 9.2.6: an event that breaks off is no event.
        if (!_bytes.HasCompletedLastEvent || eventType == ErrorEvent || !_response.Settings.Client.AllowUnterminatedStreams)
        {
            throw Malformed(eventType, chunk, exception);
        }
    }

    private TogetherAIException Malformed(string eventType, ReadOnlySpan<byte> data, Exception exception)
    {
        if (eventType == ErrorEvent)
        {
            return ReportedByServer(data);
        }

        if (_bytes.HasCompletedLastEvent)
        {
            return Failure(
                $"The stream ended inside an event, after {_stream.Received}; the response is incomplete.",
                TogetherAIStreamFailure.Incomplete,
                cause: exception);
        }

        var excerpt = _response.Secrets.Hide(Kept(data));
        return Failure(
            $"Event {_stream.EventsReceived + 1} of the stream is malformed: {ErrorText.Sentence(exception.Message)} It begins with: {ErrorText.OneLine(excerpt, ExcerptLength)}",
            TogetherAIStreamFailure.MalformedEvent,
            cause: exception);
    }

    private TogetherAIException ReportedByServer(ReadOnlySpan<byte> data, ReadOnlySpan<byte> choiceError = default)
    {
        var limit = _response.Settings.Client.MaxErrorResponseBytes;
        var body = ErrorBody.Of(data.Slice(0, Math.Min(data.Length, limit)), data.Length > limit);
        var kept = body.Text ?? "";
        var profile = _response.Settings.Client.Profile;
        var error = choiceError.IsEmpty ? ServerError.Parse(kept, profile) : ServerError.FromJson(Kept(choiceError), profile);
        var said = error?.Message ?? (kept.Length == 0 || kept[0] is '{' ? "it gave no reason" : _response.Secrets.Hide(kept));
        return Failure(
            $"The server reported an error after {_stream.Received} of the stream: {ErrorText.Sentence(said)}",
            TogetherAIStreamFailure.ServerError,
            _response.Details(error, body));
    }

    private string Kept(ReadOnlySpan<byte> data)
        => ApiJson.Decode(data.Slice(0, Math.Min(data.Length, _response.Settings.Client.MaxErrorResponseBytes)));

    private TogetherAIStreamException TooLarge() => Failure(
        $"Event {_stream.EventsReceived + 1} of the stream is larger than {_maxEventBytes} bytes (MaxEventBytes).",
        TogetherAIStreamFailure.EventTooLarge);

    private TogetherAIStreamException Failure(
        string message,
        TogetherAIStreamFailure failure,
        FailureDetails? details = null,
        Exception? cause = null)
        => new(message, failure, _stream.EventsReceived, details ?? _response.Details(), cause) { BytesReceived = _stream.Received.Bytes };
}
