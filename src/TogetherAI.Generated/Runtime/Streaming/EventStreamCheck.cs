using System.Net;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;

namespace TogetherAI.Runtime.Streaming;

/// <summary>Makes sure that a response to a streaming call is an event stream before it is read as one.</summary>
internal static class EventStreamCheck
{
    private const int ExcerptLength = 200;

    /// <exception cref="TogetherAIStreamException">It is something else; the exception says what.</exception>
    public static async Task RequireAsync(ApiResponse response, StreamFormat format)
    {
        if (format.MayBe(response.MediaType))
        {
            return;
        }

        throw Failure(response, format, await ResponseBody.ReadExcerptAsync(response).ConfigureAwait(false));
    }

    /// <summary>The same for a call that gives out the bytes, unless its options allow everything.</summary>
    /// <exception cref="TogetherAIStreamException">It is something else, or nothing at all; the exception says what.</exception>
    public static async Task RequireForBytesAsync(ApiResponse response, StreamFormat format)
    {
        if (response.Settings.AllowNonEventStreams)
        {
            return;
        }

        await RequireAsync(response, format).ConfigureAwait(false);
        if (response.Message.StatusCode == HttpStatusCode.NoContent || response.Message.Content?.Headers.ContentLength == 0)
        {
            throw Empty(response);
        }
    }

    /// <summary>The exception for a response that has no content.</summary>
    public static TogetherAIStreamException Empty(ApiResponse response) => new(
        $"{ErrorText.Address(response.Settings.Url)} responded with {(int)response.Message.StatusCode} without any content instead of an event stream.",
        TogetherAIStreamFailure.Incomplete,
        eventsReceived: 0,
        response.Details());

    /// <summary>The exception for a response that is something else.</summary>
    /// <param name="response">The response.</param>
    /// <param name="format">The stream that was asked for.</param>
    /// <param name="body">Its body as far as it was kept.</param>
    public static TogetherAIStreamException Failure(ApiResponse response, StreamFormat format, ErrorBody body)
    {
        var error = body.Text is not { } text ? null : ServerError.ParseInBand(text, response.Settings.Client.Profile, response.IsProblem);
        var details = response.Details(error, body);
        var address = ErrorText.Address(response.Settings.Url);
        var message = error?.Message is { } said
            ? $"{address} reported an error instead of a stream: {ErrorText.Sentence(said)}"
            : $"{address} responded with {(format.MayBe(response.MediaType) ? "something" : response.MediaType)} instead of an event stream{Excerpt(details.Hide(body.Text))}. Check that the URL is that of a streaming endpoint.";
        return new TogetherAIStreamException(
            message,
            error is null ? TogetherAIStreamFailure.NotAnEventStream : TogetherAIStreamFailure.ServerError,
            eventsReceived: 0,
            details);
    }

    private static string Excerpt(string? text)
        => string.IsNullOrWhiteSpace(text) ? "" : $", which begins with: {ErrorText.OneLine(text!, ExcerptLength)}";
}
