using System.Text;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;

namespace TogetherAI.Runtime.Streaming;

/// <summary>Makes sure that the response to a call for a file is not a message about a failure.</summary>
internal static class FileCheck
{
    /// <summary>Refuses a response whose type says that it is a text, unless that is what the document promises.</summary>
    /// <exception cref="TogetherAIException">It is one; the exception says what it says.</exception>
    public static async Task RequireAsync(ApiResponse response, string documented)
    {
        var mediaType = response.MediaType?.ToLowerInvariant() ?? "";
        if (IsPromised(mediaType, documented) || !IsText(mediaType))
        {
            return;
        }

        var body = await ResponseBody.ReadExcerptAsync(response).ConfigureAwait(false);
        var error = body.Text is not { } text ? null : ServerError.ParseInBand(text, response.Settings.Client.Profile, response.IsProblem);
        throw error is not null
            ? Reported(error, body, response)
            : new TogetherAIInvalidResponseException(
                $"{ErrorText.Address(response.Settings.Url)} responded with {response.MediaType} instead of a file.",
                response.Details(error, body));
    }

    /// <summary>
    /// The same for a response whose type leaves open what it is: its first bytes decide. They are read, and come again.
    /// </summary>
    /// <exception cref="TogetherAIException">It is a message about a failure.</exception>
    public static async Task<Stream> RequireAsync(ResponseStream stream, ApiResponse response, string documented)
    {
        if (PromisesText(documented) || response.MediaType?.ToLowerInvariant() is not (null or "application/octet-stream"))
        {
            return stream;
        }

        var head = new byte[response.Settings.Client.MaxErrorResponseBytes];
        var count = 0;
        int read;
        do
        {
            read = await stream.ReadAsync(head, count, head.Length - count, CancellationToken.None).ConfigureAwait(false);
            count += read;
        }
        while (read > 0 && count < head.Length && MayBeJson(head, count));

        var text = MayBeJson(head, count) ? Encoding.UTF8.GetString(head, 0, count) : "";
        if (ServerError.ParseInBand(text, response.Settings.Client.Profile) is { } error)
        {
            throw Reported(error, ErrorBody.Of(head.AsSpan(0, count), count == head.Length), response);
        }

        return new PrefixedStream(head, count, stream);
    }

    // Where a file may be any text, its first line may look like an error without being one. A page is never meant.
    private static bool IsPromised(string mediaType, string documented)
        => mediaType == documented || (PromisesText(documented) && mediaType is not ("text/html" or "application/problem+json"));

    private static bool PromisesText(string documented) => documented.Split(',').Length > 1 && documented.Split(',').Any(type => IsText(type.Trim()));

    private static bool IsText(string mediaType)
        => mediaType.StartsWith("text/", StringComparison.Ordinal)
        || mediaType is "application/json" or "application/xml"
        || mediaType.EndsWith("+json", StringComparison.Ordinal)
        || mediaType.EndsWith("+xml", StringComparison.Ordinal);

    private static bool MayBeJson(byte[] bytes, int count)
    {
        var start = 0;
        while (start < count && bytes[start] <= (byte)' ')
        {
            start++;
        }

        return start < count && bytes[start] is ((byte)'{' or (byte)'[');
    }

    private static TogetherAIServerException Reported(ServerError error, ErrorBody body, ApiResponse response)
    {
        var said = error.Message is { } message ? $": {ErrorText.Sentence(message)}" : ".";
        return new TogetherAIServerException(
            $"{ErrorText.Address(response.Settings.Url)} returned a success status, but the response reports a failure{said}",
            response.Details(error, body));
    }
}
