using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Extensions.AI.Tests.Support;

/// <summary>A server with one scripted response, and the adapter of a client that talks to it.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    public const string Model = "org/model";

    private readonly RawServer _server;

    public ChatServer(RawServer server)
    {
        _server = server;
        Client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "key-of-the-tests", MaxRetries = 0 });
        Chat = Client.Chat.AsIChatClient(Model);
    }

    public TogetherAIClient Client { get; }

    public IChatClient Chat { get; }

    /// <summary>The one request that came.</summary>
    public JObject Sent => _server.Request.Json;

    public IReadOnlyList<ReceivedRequest> Requests => _server.Requests;

    /// <summary>The messages of the one request, as one line of JSON.</summary>
    public string SentMessages => Sent["messages"]!.ToString(Newtonsoft.Json.Formatting.None);

    public static ChatServer Whole(string json) => new(RawServer.Answering(Answers.Of(200, json)));

    /// <summary>Responds with one message.</summary>
    public static ChatServer Message(string message, string finishReason = "stop")
        => Whole($$"""{"id":"c-1","object":"chat.completion","created":1780000000,"model":"org/model-1","choices":[{"index":0,"finish_reason":"{{finishReason}}","message":{{message}}}]}""");

    /// <summary>Responds with a text.</summary>
    public static ChatServer Text() => Message("""{"role":"assistant","content":"4"}""");

    /// <summary>Streams events, and then ends the stream as complete.</summary>
    public static ChatServer Events(params string[] events)
        => new(RawServer.Streaming([.. events.Select(Frames.Data), Frames.Done]));

    /// <summary>Streams the deltas of one choice.</summary>
    public static ChatServer Deltas(params string[] deltas)
        => Events([.. deltas.Select(delta => $$$"""{"id":"c-1","created":1780000000,"model":"org/model-1","choices":[{"index":0,"delta":{{{delta}}}}]}"""), """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""]);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }
}
