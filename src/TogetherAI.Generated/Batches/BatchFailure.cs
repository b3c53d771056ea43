namespace TogetherAI;

/// <summary>The reason why a request of a batch failed.</summary>
public sealed class BatchFailure
{
    /// <summary>Initializes a new instance.</summary>
    /// <param name="message">The error message; null if the server does not send it.</param>
    /// <param name="type">The error type; null if the server does not send it.</param>
    /// <param name="code">The error code; null if the server does not send it.</param>
    public BatchFailure(string? message, string? type = null, string? code = null)
    {
        Message = message;
        Type = type;
        Code = code;
    }

    /// <summary>Gets the error message; null if the server does not send it.</summary>
    public string? Message { get; }

    /// <summary>Gets the error type, such as <c>invalid_request_error</c>; null if the server does not send it.</summary>
    public string? Type { get; }

    /// <summary>Gets the error code; null if the server does not send it.</summary>
    public string? Code { get; }
}
