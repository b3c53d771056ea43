using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI;

/// <summary>Reads a response with success as the document's type, and finds the failures that hide behind success.</summary>
internal static class WholeResponse
{
    public static TResponse Read<TResponse>(PooledBuffer<byte> body, ApiResponse response)
    {
        if (response.IsProblem && ReportedFailure(body, response) is { } problem)
        {
            throw Failure(problem, body, response);
        }

        TResponse result;
        try
        {
            result = TogetherAIJson.Deserialize<TResponse>(TogetherAIJson.WithoutMark(body.Items));
        }
        catch (JsonException exception)
        {
            if (ReportedFailure(body, response) is { } failure)
            {
                throw Failure(failure, body, response);
            }

            return WrappedList<TResponse>(body) is { } list ? (TResponse)list : throw Unreadable(exception, body, response);
        }

        if (FailureOf(result, body) is { } error)
        {
            throw Failure(error, body, response);
        }

        return result;
    }

    // Compatible servers wrap a list that the document has as a bare array, as OpenAI does: {"object":"list","data":[…]}.
    private static object? WrappedList<TResponse>(PooledBuffer<byte> body)
    {
        if (!typeof(TResponse).IsGenericType || typeof(TResponse).GetGenericTypeDefinition() != typeof(IReadOnlyList<>))
        {
            return null;
        }

        using var text = Text(body);
        try
        {
            return TogetherAIJson.TryParse(text.ReadToEnd()) is JObject wrapper && wrapper["data"] is JArray list
                ? TogetherAIJson.Convert<TResponse>(list)
                : null;
        }
        catch (JsonException)
        {
            // What is said of the response as a whole is said of this.
            return null;
        }
    }

    private static ServerError? FailureOf(object? result, PooledBuffer<byte> body)
    {
        if ((result as IReportsFailure)?.Failure is { } failure && ServerError.IsFailure(failure))
        {
            return ServerError.ParseInBand(All(body)) ?? ServerError.FromJson(failure.ToString(Formatting.None));
        }

        return (result as IExtensible)?.Extra is { } unknown ? ServerError.ParseUnknown(unknown, () => All(body)) : null;
    }

    private static ServerError? ReportedFailure(PooledBuffer<byte> body, ApiResponse response)
        => ServerError.ParseInBand(All(body), response.IsProblem);

    private static string All(PooledBuffer<byte> body)
    {
        using var text = Text(body);
        return text.ReadToEnd();
    }

    private static TogetherAIServerException Failure(ServerError error, PooledBuffer<byte> body, ApiResponse response)
    {
        var said = error.Message is { } message ? $": {ErrorText.Sentence(message)}" : ".";
        return new TogetherAIServerException(
            $"{ErrorText.Address(response.Settings.Url)} answered with success, but reports a failure{said}",
            Details(response, error, body));
    }

    private static TogetherAIInvalidResponseException Unreadable(JsonException exception, PooledBuffer<byte> body, ApiResponse response)
    {
        var what = body.Length == 0
            ? "sent an empty response."
            : $"sent a response ({response.MediaType ?? "no content type"}) that cannot be read: {ErrorText.Sentence(exception.Message)}";
        return new TogetherAIInvalidResponseException(
            $"{ErrorText.Address(response.Settings.Url)} {what}",
            Details(response, error: null, body),
            exception);
    }

    private static FailureDetails Details(ApiResponse response, ServerError? error, PooledBuffer<byte> body)
    {
        using var beginning = Text(body, ResponseBody.MaxKeptBytes);
        return response.Details(error, beginning.ReadToEnd(), isBodyTruncated: body.Length > ResponseBody.MaxKeptBytes);
    }

    private static StreamReader Text(PooledBuffer<byte> body, int mostBytes = int.MaxValue)
        => new(new MemoryStream(body.Items.Array!, 0, Math.Min(body.Length, mostBytes)), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
}
