using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;
using Refit;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>The clients that are compared, all over the same HTTP stack.</summary>
internal static class Clients
{
    public const string Model = "org/model-70b";

    public static Uri Address { get; } = new("http://127.0.0.1/");

    public static TogetherAIClient Together(HttpMessageHandler server) => Together(new HttpClient(server), Address);

    public static TogetherAIClient Together(HttpClient httpClient, Uri address)
        => new(httpClient, new TogetherAIOptions { BaseUrl = address, ApiKey = "key" });

    public static ChatClient OpenAI(HttpMessageHandler server) => OpenAI(new HttpClient(server), Address);

    public static ChatClient OpenAI(HttpClient httpClient, Uri address) => new(
        Model,
        new ApiKeyCredential("key"),
        new OpenAIClientOptions { Endpoint = new Uri(address, "v1"), Transport = new HttpClientPipelineTransport(httpClient) });

    public static ResponsesClient OpenAIResponses(HttpMessageHandler server) => new(
        new ApiKeyCredential("key"),
        new ResponsesClientOptions { Endpoint = new Uri(Address, "v1"), Transport = new HttpClientPipelineTransport(new HttpClient(server)) });

    public static AnthropicClient Anthropic(HttpMessageHandler server)
        => new() { HttpClient = new HttpClient(server), ApiKey = "key", BaseUrl = Address.ToString().TrimEnd('/'), MaxRetries = 0 };

    public static IRefitChat Refit(HttpMessageHandler server) => RestService.For<IRefitChat>(new HttpClient(server) { BaseAddress = Address });
}
