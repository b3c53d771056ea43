using TogetherAI.Runtime.Errors;

namespace TogetherAI;

/// <summary>The exception that is thrown if the server rejects the request as invalid (HTTP 400, 413, 415, 422).</summary>
public sealed class TogetherAIInvalidRequestException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAIInvalidRequestException()
        : this("The request is invalid.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAIInvalidRequestException(string message)
        : this(message, FailureDetails.None)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIInvalidRequestException(string message, Exception? innerException)
        : this(message, FailureDetails.None, innerException)
    {
    }

    internal TogetherAIInvalidRequestException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}

/// <summary>The exception that is thrown if the API key is missing or invalid (HTTP 401), or none is configured.</summary>
public sealed class TogetherAIAuthenticationException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAIAuthenticationException()
        : this("The API key is missing or invalid.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAIAuthenticationException(string message)
        : this(message, FailureDetails.None)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIAuthenticationException(string message, Exception? innerException)
        : this(message, FailureDetails.None, innerException)
    {
    }

    internal TogetherAIAuthenticationException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}

/// <summary>The exception that is thrown if the account has reached its spending limit (HTTP 402).</summary>
public sealed class TogetherAIBillingException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAIBillingException()
        : this("The account has reached its spending limit.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAIBillingException(string message)
        : this(message, FailureDetails.None)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIBillingException(string message, Exception? innerException)
        : this(message, FailureDetails.None, innerException)
    {
    }

    internal TogetherAIBillingException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}

/// <summary>
/// The exception that is thrown if the server refuses the call (HTTP 403): the API key does not have permission, the prompt and <c>max_tokens</c> together exceed the
/// model's context length, or a setting of the organization forbids it. <see cref="TogetherAIException.ErrorCode"/> and
/// <see cref="TogetherAIException.ServerMessage"/> identify the reason.
/// </summary>
public sealed class TogetherAIPermissionException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAIPermissionException()
        : this("The server refused the call.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAIPermissionException(string message)
        : this(message, FailureDetails.None)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIPermissionException(string message, Exception? innerException)
        : this(message, FailureDetails.None, innerException)
    {
    }

    internal TogetherAIPermissionException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}

/// <summary>The exception that is thrown if the model, the ID or the URL does not exist (HTTP 404).</summary>
public sealed class TogetherAINotFoundException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAINotFoundException()
        : this("The model or the URL does not exist.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAINotFoundException(string message)
        : this(message, FailureDetails.None)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAINotFoundException(string message, Exception? innerException)
        : this(message, FailureDetails.None, innerException)
    {
    }

    internal TogetherAINotFoundException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}

/// <summary>The exception that is thrown if the rate limit is exceeded (HTTP 429) after all retries.</summary>
public sealed class TogetherAIRateLimitException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAIRateLimitException()
        : this("The rate limit is exceeded.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAIRateLimitException(string message)
        : this(message, FailureDetails.None)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIRateLimitException(string message, Exception? innerException)
        : this(message, FailureDetails.None, innerException)
    {
    }

    internal TogetherAIRateLimitException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}

/// <summary>The exception that is thrown if the server or the model failed (HTTP 5xx), or if a response with status 200 reports an error.</summary>
public sealed class TogetherAIServerException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAIServerException()
        : this("The server failed.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAIServerException(string message)
        : this(message, FailureDetails.None)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIServerException(string message, Exception? innerException)
        : this(message, FailureDetails.None, innerException)
    {
    }

    internal TogetherAIServerException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}

/// <summary>The exception that is thrown if there is no connection, or it was lost before the whole response was received: name resolution, refusal, TLS, reset.</summary>
public sealed class TogetherAIConnectionException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAIConnectionException()
        : this("The connection failed.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAIConnectionException(string message)
        : this(message, FailureDetails.None)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIConnectionException(string message, Exception? innerException)
        : this(message, FailureDetails.None, innerException)
    {
    }

    internal TogetherAIConnectionException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
        => IsTransient = true;
}

/// <summary>The exception that is thrown if a successful response does not match the API description.</summary>
public sealed class TogetherAIInvalidResponseException : TogetherAIException
{
    /// <inheritdoc cref="TogetherAIException()"/>
    public TogetherAIInvalidResponseException()
        : this("The response cannot be read.")
    {
    }

    /// <inheritdoc cref="TogetherAIException(string)"/>
    public TogetherAIInvalidResponseException(string message)
        : this(message, FailureDetails.None)
    {
    }

    /// <inheritdoc cref="TogetherAIException(string, Exception)"/>
    public TogetherAIInvalidResponseException(string message, Exception? innerException)
        : this(message, FailureDetails.None, innerException)
    {
    }

    internal TogetherAIInvalidResponseException(string message, FailureDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
