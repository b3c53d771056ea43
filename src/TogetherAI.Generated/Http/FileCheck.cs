namespace TogetherAI;

/// <summary>Makes sure that the response to a call for a file is not a message about a failure.</summary>
internal static class FileCheck
{
    /// <exception cref="TogetherAIException">It is one; the exception says what it says.</exception>
    public static async Task RequireAsync(ApiResponse response)
    {
        if (response.MediaType?.ToLowerInvariant() is not ("application/json" or "text/html"))
        {
            return;
        }

        try
        {
            var (text, isTruncated) = await ResponseBody.ReadErrorAsync(response.Message, response.Settings, response.Clock).ConfigureAwait(false);
            var error = text is null ? null : ServerError.ParseInBand(text);
            var details = response.Details(error, text, isTruncated);
            var address = ErrorText.Address(response.Settings.Url);
            throw error?.Message is { } said
                ? new TogetherAIServerException($"{address} answered with success, but reports a failure: {ErrorText.Sentence(said)}", details)
                : new TogetherAIInvalidResponseException($"{address} answered with {response.MediaType} instead of a file.", details);
        }
        finally
        {
            response.Dispose();
        }
    }
}
