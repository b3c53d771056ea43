namespace TogetherAI.Tests.Support;

/// <summary>Clients and requests that the tests start from.</summary>
public static class Clients
{
    public const string Key = "key-of-the-tests-0123456789";

    public static InferenceRequest Request => new() { Model = "org/model", Prompt = "2+2=" };

    /// <summary>A client of a server, with no retries unless the test asks for them.</summary>
    public static TogetherAIInferenceClient For(RawServer server, Action<TogetherAIOptions>? configure = null)
        => new(Options(server.Url, configure));

    /// <summary>The same with every area.</summary>
    public static TogetherAIClient ForAll(RawServer server) => new(Options(server.Url));

    /// <summary>The same over the caller's HTTP stack.</summary>
    public static TogetherAIInferenceClient For(RawServer server, HttpClient httpClient, Action<TogetherAIOptions>? configure = null)
        => new(httpClient, Options(server.Url, configure));

    public static TogetherAIOptions Options(Uri baseUrl, Action<TogetherAIOptions>? configure = null)
    {
        var options = new TogetherAIOptions { BaseUrl = baseUrl, ApiKey = Key, MaxRetries = 0 };
        configure?.Invoke(options);
        return options;
    }
}
