using Microsoft.AspNetCore.Http;

namespace TogetherAI.LocalServer.Http;

/// <summary>What differs where an endpoint has the form of another service's API.</summary>
internal static class ApiForms
{
    /// <summary>Whether a request is for messages, in the form of Anthropic's API.</summary>
    public static bool IsMessages(HttpRequest request) => request.Path.StartsWithSegments("/v1/messages");

    /// <summary>Whether a request is for batches, whose errors are only a text.</summary>
    public static bool IsBatches(HttpRequest request) => request.Path.StartsWithSegments("/v1/batches");

    /// <summary>Whether a request is for the queue, whose errors are flat.</summary>
    public static bool IsQueue(HttpRequest request) => request.Path.StartsWithSegments("/v1/queue");

    /// <summary>The event that says inside a stream that it failed.</summary>
    public static string ErrorEvent(HttpRequest request, string message, string requestId)
        => IsMessages(request)
            ? $$"""event: error{{'\n'}}data: {"type":"error","error":{"type":"api_error","message":"{{message}}"},"request_id":"{{requestId}}"}{{"\n\n"}}"""
            : request.Path.StartsWithSegments("/v1/responses")
                ? $$"""event: error{{'\n'}}data: {"type":"error","code":"server_error","message":"{{message}}","param":null}{{"\n\n"}}"""
                : $$$"""data: {"error":{"message":"{{{message}}}","type":"server_error","request_id":"{{{requestId}}}"}}{{{"\n\n"}}}""";
}
