using System.Diagnostics.CodeAnalysis;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Http;

/// <summary>Reads a response with success as the document's type, and finds the failures that hide behind success.</summary>
internal static class WholeResponse
{
    // How much of a response that cannot be read, or says that it failed, is searched for what it says. Of a larger one the top
    // level is looked at first: if it is none, it need not be read, which would take several times its size.
    private const int MaxSearchedBytes = 1024 * 1024;

    /// <exception cref="TogetherAIException">It is no such response, or reports a failure.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled, or took too long, while the response was read.</exception>
    public static TResponse Read<[DynamicallyAccessedMembers(ReadableTypes.Members)] TResponse>(PooledBuffer<byte> body, ApiResponse response)
    {
        var limit = ResponseLimit.Of(response.Settings);
        var budget = JsonBudget.Of(limit.Bytes, response.Clock.Token);
        try
        {
            var result = Read<TResponse>(body, budget, response);
            response.Clock.Token.ThrowIfCancellationRequested();
            return result;
        }
        catch (JsonTooLargeException exception)
        {
            throw limit.Exceeded(response, exception);
        }
    }

    /// <summary>Requires of a response that is not read that it reports no failure.</summary>
    /// <exception cref="TogetherAIServerException">It does.</exception>
    public static void RequireSuccess(PooledBuffer<byte> body, ApiResponse response)
    {
        var failure = response.IsProblem ? ReportedFailure(body, response)
            : body.Items.AsSpan().IndexOf("\"error\""u8) >= 0 ? ServerError.ParseAlone(All(body), response.Settings.Client.Profile)
            : null;
        if (failure is not null || response.IsProblem)
        {
            throw Failure(failure, body, response);
        }
    }

    private static TResponse Read<[DynamicallyAccessedMembers(ReadableTypes.Members)] TResponse>(PooledBuffer<byte> body, JsonBudget budget, ApiResponse response)
    {
        if (response.IsProblem)
        {
            // Its type says that it is an error (RFC 9457), whatever it says of it.
            throw Failure(ReportedFailure(body, response), body, response);
        }

        TResponse result;
        try
        {
            result = Deserialize<TResponse>(body, budget, response);
        }
        catch (JsonException exception)
        {
            throw ReportedFailure(body, response) is { } failure ? Failure(failure, body, response) : Unreadable(exception, body, response);
        }

        if (FailureOf(result, body, response.Settings.Client.Profile) is { } error)
        {
            throw Failure(error, body, response);
        }

        try
        {
            (result as INormalized)?.Normalize();
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception, body, response);
        }

        return result;
    }

    // The outline costs another pass over the text. What the fast reader takes, and has no error, does not need it.
    private static TResponse Deserialize<[DynamicallyAccessedMembers(ReadableTypes.Members)] TResponse>(PooledBuffer<byte> body, JsonBudget budget, ApiResponse response)
    {
        var utf8 = ApiJson.WithoutMark(body.Items);
        var isLarge = utf8.Length > MaxSearchedBytes;
        var mayBeError = isLarge && utf8.IndexOf("\"error\""u8) >= 0;
        if (mayBeError)
        {
            RequireOutline<TResponse>(body, response);
        }

        if (ApiJson.TryReadFast<TResponse>(utf8, budget, out var result))
        {
            return result;
        }

        if (isLarge && !mayBeError)
        {
            RequireOutline<TResponse>(body, response);
        }

        return ApiJson.ReadSlowly<TResponse>(utf8, budget);
    }

    // Refuses a large response that is none, by its top level.
    private static void RequireOutline<[DynamicallyAccessedMembers(ReadableTypes.Members)] TResponse>(PooledBuffer<byte> body, ApiResponse response)
    {
        var outline = JsonOutline.Of<TResponse>(
            ApiJson.WithoutMark(body.Items),
            hasErrors: typeof(IReportsFailure).IsAssignableFrom(typeof(TResponse)),
            response.Clock.Token);
        var client = response.Settings.Client;
        if (!outline.Error.IsEmpty)
        {
            var said = ApiJson.Decode(outline.Error.Slice(0, Math.Min(outline.Error.Length, client.MaxErrorResponseBytes)));
            if (ServerError.IsFailure(ApiJson.ParseBeginning(said)))
            {
                throw Failure(ServerError.FromJson(said, client.Profile), body, response);
            }
        }

        if (outline.Obstacle is { } obstacle)
        {
            throw ReportedFailure(body, response) is { } failure
                ? Failure(failure, body, response)
                : Unreadable(new JsonSerializationException(obstacle), body, response);
        }
    }

    private static ServerError? FailureOf(object? result, PooledBuffer<byte> body, ServiceProfile profile)
    {
        if ((result as IReportsFailure)?.Failure is { } failure && ServerError.IsFailure(failure))
        {
            return ServerError.ParseInBand(All(body), profile) ?? ServerError.FromJson(Json(failure), profile);
        }

        return (result as IExtensible)?.Extra is { } unknown ? ServerError.ParseUnknown(unknown, profile, () => All(body)) : null;
    }

    private static ServerError? ReportedFailure(PooledBuffer<byte> body, ApiResponse response)
        => ServerError.ParseInBand(All(body), response.Settings.Client.Profile, response.IsProblem);

    private static string All(PooledBuffer<byte> body)
    {
        using var text = Text(body, MaxSearchedBytes);
        return text.ReadToEnd();
    }

    private static string Json(JToken failure)
    {
        failure = failure is JValue { Value: string { Length: > MaxSearchedBytes } text } ? text.Substring(0, MaxSearchedBytes) : failure;
        return failure.ToString(Formatting.None);
    }

    private static TogetherAIServerException Failure(ServerError? error, PooledBuffer<byte> body, ApiResponse response)
    {
        var said = error?.Message is { } message ? $": {ErrorText.Sentence(message)}" : ".";
        return new TogetherAIServerException(
            $"{ErrorText.Address(response.Settings.Url)} returned a success status, but the response reports a failure{said}",
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
        var limit = response.Settings.Client.MaxErrorResponseBytes;
        return response.Details(error, ErrorBody.Of(body.Items.AsSpan().Slice(0, Math.Min(body.Length, limit)), body.Length > limit, none: ""));
    }

    private static StreamReader Text(PooledBuffer<byte> body, int maxBytes)
        => new(new MemoryStream(body.Items.Array!, 0, Math.Min(body.Length, maxBytes)), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
}
