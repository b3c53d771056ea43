using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;

namespace TogetherAI.Runtime.Streaming;

// What a stream is whose bytes the caller reads, shown by its first bytes.
internal sealed partial class ResponseStream
{
    private StreamBeginning? _beginning;
    private StreamFormat? _format;

    /// <summary>The same for an event stream whose bytes the caller reads: none of something else is given out.</summary>
    public static async Task<ResponseStream> OpenBytesAsync(ApiResponse response, StreamFormat format)
    {
        var stream = await OpenAsync(response, countsBytes: true).ConfigureAwait(false);
        stream._format = format;
        stream._beginning = response.Settings.AllowNonEventStreams || format.IsJsonLines ? null : new StreamBeginning(response.Settings.Client.MaxErrorResponseBytes);
        return stream;
    }

    private async ValueTask<int> ReadBeginningAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await ReadBodyAsync(buffer, cancellationToken).ConfigureAwait(false);
        RequireContent(isEnd: count == 0);
        return FindUnexpected(buffer.Span.Slice(0, count)) is { } body
            ? throw await UnexpectedAsync(body, cancellationToken).ConfigureAwait(false)
            : count;
    }

    private void RequireEventStream(ReadOnlySpan<byte> bytes, int room)
    {
        RequireContent(isEnd: bytes.IsEmpty && room > 0);
        if (FindUnexpected(bytes) is { } body)
        {
            throw Unexpected(body);
        }
    }

    // A response that does not tell its length shows only at its end that it has no content.
    private void RequireContent(bool isEnd)
    {
        if (isEnd && _beginning is not null && _bytesReceived == 0)
        {
            throw Noted(EventStreamCheck.Empty(_response))!;
        }
    }

    // Looks at bytes that have come, as long as it is open what they belong to.
    private UnexpectedBody? FindUnexpected(ReadOnlySpan<byte> bytes)
    {
        if (_beginning?.TryAdd(bytes) == false)
        {
            _beginning = null;
        }

        return _beginning is { IsUnexpected: true } beginning ? beginning.Body : null;
    }

    // Reads what else there is of a body that is no event stream, as far as it comes in time.
    private async Task<TogetherAIStreamException> UnexpectedAsync(UnexpectedBody body, CancellationToken cancellationToken)
    {
        var rest = BeginRest();
        var isTruncated = false;
        try
        {
            int count;
            while (!body.IsTruncated && (count = await ReadBodyAsync(rest, cancellationToken).ConfigureAwait(false)) > 0)
            {
                body.TryAdd(rest.AsSpan(0, count));
            }
        }
        catch (TogetherAIException)
        {
            isTruncated = true;
        }

        return Unexpected(body, isTruncated);
    }

    private TogetherAIStreamException Unexpected(UnexpectedBody body)
    {
        var rest = BeginRest();
        var isTruncated = false;
        try
        {
            int count;
            while (!body.IsTruncated && (count = ReadBody(rest, 0, rest.Length)) > 0)
            {
                body.TryAdd(rest.AsSpan(0, count));
            }
        }
        catch (TogetherAIException)
        {
            isTruncated = true;
        }

        return Unexpected(body, isTruncated);
    }

    private byte[] BeginRest()
    {
        var limit = _response.Settings.StreamIdleTimeout;
        var patience = ResponseBody.ErrorPatience(limit == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : limit);
        _clock.StartRepeated(TogetherAITimeoutPhase.ResponseBody, patience);
        return new byte[4 * 1024];
    }

    private TogetherAIStreamException Unexpected(UnexpectedBody body, bool isTruncated)
        => Noted(EventStreamCheck.Failure(
            _response,
            _format!,
            ErrorBody.Of(body.Bytes, isTruncated || body.IsTruncated)))!;
}
