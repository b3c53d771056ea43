using System.Net;

namespace TogetherAI.Runtime.Errors;

/// <summary>The one place that decides which exception an HTTP status becomes and what it says.</summary>
internal static class StatusErrors
{
    /// <summary>What a call is told that was not retried because it may have succeeded.</summary>
    public const string MayHaveActed = " The server may nevertheless have acted on the request. Check before you resend it.";

    public static TogetherAIException Create(FailureDetails details, Uri url, ServiceProfile profile)
    {
        var status = (int)details.StatusCode!.Value;
        var message = Message(status, details, url, profile);
        return status switch
        {
            400 or 413 or 415 or 422 => new TogetherAIInvalidRequestException(message, details),
            401 => new TogetherAIAuthenticationException(message, details),
            402 => new TogetherAIBillingException(message, details),
            403 => new TogetherAIPermissionException(message, details),
            404 => new TogetherAINotFoundException(message, details),
            429 => new TogetherAIRateLimitException(message, details),
            >= 500 => new TogetherAIServerException(message, details),
            _ => new TogetherAIException(message, details),
        };
    }

    private static string Message(int status, FailureDetails details, Uri url, ServiceProfile profile)
    {
        var said = details.Error?.Message ?? PlainText(details.Hide(details.Body?.Text));
        var sentence = said is null
            ? $"{ErrorText.Address(url)} responded with {Name(status)}."
            : $"{ErrorText.Address(url)} responded with {Name(status)}: {ErrorText.Sentence(said)}";
        var parameter = details.Error?.Parameter is { } name ? $" The request field is \"{ErrorText.OneLine(name)}\"." : "";
        var attempts = details.Attempts > 1 ? $" The request was sent {details.Attempts} times." : "";
        var id = details.RequestId is { } requestId ? $" (request id {ErrorText.OneLine(requestId)})" : "";
        return sentence + parameter + profile.Advice(status, details) + (details.MayHaveActed ? MayHaveActed : "") + attempts + id;
    }

    private static string Name(int status)
        => Enum.IsDefined(typeof(HttpStatusCode), status) ? $"{status} ({(HttpStatusCode)status})" : $"{status}";

    // A page of HTML is for a browser; its markup would bury the one fact that matters, the status.
    private static string? PlainText(string? body)
    {
        var text = body?.Trim();
        return string.IsNullOrEmpty(text) || text![0] is '<' or '{' or '[' ? null : text;
    }
}
