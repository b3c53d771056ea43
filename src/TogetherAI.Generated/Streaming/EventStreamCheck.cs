using System.Net;

namespace TogetherAI;

/// <summary>Makes sure that a response to a streaming call is an event stream before it is read as one.</summary>
internal static class EventStreamCheck
{
    private const int ExcerptLength = 200;

    /// <exception cref="TogetherAIStreamException">It is something else; the exception says what.</exception>
    public static async Task RequireAsync(ApiResponse response)
    {
        if (MayBeEventStream(response))
        {
            return;
        }

        var (text, isTruncated) = await ResponseBody.ReadErrorAsync(response).ConfigureAwait(false);
        throw Failure(response, text, isTruncated);
    }

    /// <summary>The same for a call that gives out the bytes, unless its options allow everything.</summary>
    /// <exception cref="TogetherAIStreamException">It is something else, or nothing at all; the exception says what.</exception>
    public static async Task RequireForBytesAsync(ApiResponse response)
    {
        if (response.Settings.AllowNonEventStreams)
        {
            return;
        }

        await RequireAsync(response).ConfigureAwait(false);
        if (response.Message.StatusCode == HttpStatusCode.NoContent || response.Message.Content?.Headers.ContentLength == 0)
        {
            throw new TogetherAIStreamException(
                $"{ErrorText.Address(response.Settings.Url)} answered {(int)response.Message.StatusCode} without any content instead of an event stream.",
                TogetherAIStreamFailure.Incomplete,
                eventsReceived: 0,
                response.Details());
        }
    }

    /// <summary>The exception for a response that is something else.</summary>
    /// <param name="response">The response.</param>
    /// <param name="text">Its body as far as it was kept; null where there is none.</param>
    /// <param name="isTruncated">Whether there was more than was kept.</param>
    public static TogetherAIStreamException Failure(ApiResponse response, string? text, bool isTruncated)
    {
        var error = text is null ? null : ServerError.ParseInBand(text, response.IsProblem);
        var details = response.Details(error, text, isTruncated);
        var address = ErrorText.Address(response.Settings.Url);
        var message = error?.Message is { } said
            ? $"{address} reported an error instead of a stream: {ErrorText.Sentence(said)}"
            : $"{address} answered with {(MayBeEventStream(response) ? "something" : response.MediaType)} instead of an event stream{Excerpt(details.Hide(text))}. Check that the address is that of an endpoint that streams.";
        return new TogetherAIStreamException(
            message,
            error is null ? TogetherAIStreamFailure.NotAnEventStream : TogetherAIStreamFailure.ServerError,
            eventsReceived: 0,
            details);
    }

    // A server that names no type, or only "bytes", is given the benefit of the doubt until its body is seen.
    private static bool MayBeEventStream(ApiResponse response)
        => response.MediaType?.ToLowerInvariant() is null or "text/event-stream" or "application/octet-stream";

    private static string Excerpt(string? text)
        => string.IsNullOrWhiteSpace(text) ? "" : $", which begins with: {ErrorText.OneLine(text!, ExcerptLength)}";
}
