using System.Diagnostics.CodeAnalysis;
using System.Text;
using Newtonsoft.Json;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>The response to a request of a batch, or the reason why it failed.</summary>
public sealed class BatchResult
{
    /// <summary>Initializes a new instance, for example for a mock in a test.</summary>
    /// <param name="id">The ID of the request.</param>
    /// <param name="body">The JSON of the response; null if there is none.</param>
    /// <param name="failure">The reason for a failure; null if the request succeeded.</param>
    /// <param name="statusCode">The HTTP status code; null if it is unknown.</param>
    public BatchResult(string id, string? body, BatchFailure? failure = null, int? statusCode = null)
    {
        Id = id ?? throw new ArgumentNullException(nameof(id));
        Body = body;
        Failure = failure;
        StatusCode = statusCode;
    }

    /// <summary>Gets the ID of the request (<c>custom_id</c>).</summary>
    public string Id { get; }

    /// <summary>Gets whether the request succeeded.</summary>
    public bool IsSuccess => Failure is null;

    /// <summary>Gets the JSON of the response, or of an error response; null if there is none.</summary>
    public string? Body { get; }

    /// <summary>Gets the reason for a failure; null if the request succeeded.</summary>
    public BatchFailure? Failure { get; }

    /// <summary>Gets the HTTP status code of the response; null if it is unknown.</summary>
    public int? StatusCode { get; }

    /// <summary>Reads the response.</summary>
    /// <typeparam name="T">The type of the response, such as <see cref="ChatCompletionResponse"/>.</typeparam>
    /// <returns>The response.</returns>
    /// <exception cref="InvalidOperationException">The request failed.</exception>
    /// <exception cref="TogetherAIInvalidResponseException">The response does not match the document.</exception>
    public T ReadBody<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>()
        where T : class
    {
        if (Failure is not null || Body is null)
        {
            throw new InvalidOperationException($"The request {Id} has no response{(Failure?.Message is { } message ? $": {ErrorText.Sentence(message)}" : ".")}");
        }

        try
        {
            var response = ApiJson.Deserialize<T>(Encoding.UTF8.GetBytes(Body));
            (response as INormalized)?.Normalize();
            return response;
        }
        catch (JsonException exception)
        {
            throw new TogetherAIInvalidResponseException($"The response to the request {Id} cannot be read: {ErrorText.Sentence(exception.Message)}", exception);
        }
    }
}
