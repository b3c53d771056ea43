namespace TogetherAI;

/// <summary>Makes sure that a response to a streaming call is an event stream before it is read as one.</summary>
internal static class EventStreamCheck
{
    private const int ExcerptLength = 200;

    /// <exception cref="TogetherAIStreamException">It is something else; the exception says what.</exception>
    public static async Task RequireAsync(ApiResponse response)
    {
        // A server that names no type, or only "bytes", is given the benefit of the doubt.
        if (response.MediaType?.ToLowerInvariant() is null or "text/event-stream" or "application/octet-stream")
        {
            return;
        }

        var (text, isTruncated) = await ResponseBody.ReadErrorAsync(response.Message, response.Settings, response.Clock).ConfigureAwait(false);
        var error = text is null ? null : ServerError.ParseInBand(text);
        var details = response.Details(error, text, isTruncated);
        var address = ErrorText.Address(response.Settings.Url);
        var message = error?.Message is { } said
            ? $"{address} reported an error instead of a stream: {ErrorText.Sentence(said)}"
            : $"{address} answered with {response.MediaType} instead of an event stream{Excerpt(text)}. Check that the address is that of an endpoint that streams.";
        throw new TogetherAIStreamException(
            message,
            error is null ? TogetherAIStreamFailure.NotAnEventStream : TogetherAIStreamFailure.ServerError,
            eventsReceived: 0,
            details);
    }

    private static string Excerpt(string? text)
        => string.IsNullOrWhiteSpace(text) ? "" : $", which begins with: {ErrorText.OneLine(text!, ExcerptLength)}";
}
