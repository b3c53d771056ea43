using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace TogetherAI.Tests.Support;

/// <summary>A server that gives one answer to one address, and a client that talks to it.</summary>
internal sealed class MockServer : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();

    private MockServer(string method, string path, IResponseBuilder response)
    {
        _server.Given(Request.Create().UsingMethod(method).WithPath(path)).RespondWith(response);
        Client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = new Uri(_server.Url!), ApiKey = "test-key", MaxRetries = 0 });
    }

    public TogetherAIClient Client { get; }

    /// <summary>The request that came.</summary>
    public IRequestMessage Received => _server.LogEntries.Single().RequestMessage!;

    /// <summary>The body of the request that came.</summary>
    public JToken ReceivedJson => JToken.Parse(Received.Body!);

    public static MockServer Json(string method, string path, string json, int status = 200)
        => new(method, path, Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json").WithBody(json));

    /// <summary>Answers with the events of a stream, the last of which is <c>[DONE]</c>.</summary>
    public static MockServer Events(string path, params string[] events)
        => new("POST", path, Response.Create().WithHeader("Content-Type", "text/event-stream;charset=utf-8")
            .WithBody(string.Concat(events.Append("[DONE]").Select(data => $"data: {data}\n\n"))));

    public static MockServer Bytes(string path, string contentType, byte[] bytes)
        => new("POST", path, Response.Create().WithHeader("Content-Type", contentType).WithBody(bytes));

    public void Dispose()
    {
        Client.Dispose();
        _server.Dispose();
    }

    /// <summary>A value as the client would send it.</summary>
    public static string Sent(object value) => JToken.FromObject(value, NewtonsoftJson.Writer).ToString(Formatting.None);
}
