namespace TogetherAI.LocalServer.Http;

/// <summary>Ends a request with an error response.</summary>
internal sealed class ApiErrorException(int status, string message, string type, string? param = null, string? code = null)
    : Exception(message)
{
    public int Status { get; } = status;

    public string Type { get; } = type;

    public string? Param { get; } = param;

    public string? Code { get; } = code;

    public static ApiErrorException Invalid(string message, string? param = null)
        => new(400, message, "invalid_request_error", param);
}
