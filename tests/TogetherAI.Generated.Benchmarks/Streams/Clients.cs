using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>The clients that are compared, all over the same HTTP stack.</summary>
internal static class Clients
{
    private static readonly Uri Address = new("http://127.0.0.1/");

    public static TogetherAIClient Together(HttpMessageHandler server) => Together(new HttpClient(server), Address);

    public static TogetherAIClient Together(HttpClient httpClient, Uri address)
        => new(httpClient, new TogetherAIOptions { BaseUrl = address, ApiKey = "key" });

    public static ChatClient OpenAI(HttpMessageHandler server) => OpenAI(new HttpClient(server), Address);

    public static ChatClient OpenAI(HttpClient httpClient, Uri address) => new(
        "org/model-70b",
        new ApiKeyCredential("key"),
        new OpenAIClientOptions { Endpoint = new Uri(address, "v1"), Transport = new HttpClientPipelineTransport(httpClient) });
}
