using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI;

/// <summary>Reads a response with success as the document's type, and finds the failures that hide behind success.</summary>
internal static class WholeResponse
{
    private const string ErrorField = "error";

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    public static TResponse Read<TResponse>(MemoryStream body, ApiResponse response)
    {
        TResponse result;
        try
        {
            result = TogetherAIJson.Deserialize<TResponse>(Utf8(body));
        }
        catch (JsonException exception)
        {
            var kept = KeptText(body, out var isTruncated);
            throw (TogetherAIException?)Failure(ServerError.ParseInBand(kept), kept, isTruncated, response)
                ?? Unreadable(exception, kept, isTruncated, response);
        }

        if (FailureOf(result) is { } error)
        {
            var kept = KeptText(body, out var isTruncated);
            throw Failure(ServerError.FromToken(error), kept, isTruncated, response)!;
        }

        return result;
    }

    // RFC 8259, 8.1: JSON that is sent is UTF-8. A byte-order mark is not allowed, but may be ignored.
    private static ReadOnlySpan<byte> Utf8(MemoryStream body)
    {
        var bytes = new ReadOnlySpan<byte>(body.GetBuffer(), 0, (int)body.Length);
        return bytes.StartsWith(ByteOrderMark) ? bytes.Slice(ByteOrderMark.Length) : bytes;
    }

    private static JToken? FailureOf(object? result)
    {
        var failure = (result as IReportsFailure)?.Failure
            ?? ((result as IExtensible)?.Extra is { } extra && extra.TryGetValue(ErrorField, out var error) ? error : null);
        return failure is null or { Type: JTokenType.Null } ? null : failure;
    }

    private static TogetherAIServerException? Failure(ServerError? error, string body, bool isTruncated, ApiResponse response)
    {
        if (error is null)
        {
            return null;
        }

        var said = error.Message is { } message ? $": {ErrorText.Sentence(message)}" : ".";
        return new TogetherAIServerException(
            $"{ErrorText.Address(response.Settings.Url)} answered with success, but reports a failure{said}",
            response.Details(error, body, isTruncated));
    }

    private static TogetherAIInvalidResponseException Unreadable(
        JsonException exception,
        string body,
        bool isTruncated,
        ApiResponse response)
    {
        var what = string.IsNullOrWhiteSpace(body) ? "sent an empty response" : $"sent a response ({response.MediaType ?? "no content type"}) that cannot be read";
        return new TogetherAIInvalidResponseException(
            $"{ErrorText.Address(response.Settings.Url)} {what}: {ErrorText.Sentence(exception.Message)}",
            response.Details(body: body, isBodyTruncated: isTruncated),
            exception);
    }

    private static string KeptText(MemoryStream body, out bool isTruncated)
    {
        var length = (int)Math.Min(body.Length, ResponseBody.MaxKeptBytes);
        isTruncated = length < body.Length;
        return Encoding.UTF8.GetString(body.GetBuffer(), 0, length);
    }
}
