using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Support;

/// <summary>A plain HTTP client that knows nothing of the generated one.</summary>
internal static class PlainHttp
{
    public static HttpClient Client { get; } = new(new SocketsHttpHandler { MaxResponseDrainSize = 0 });

    public static Task<HttpResponseMessage> PostAsync(
        TogetherAILocalServer server,
        string body,
        CancellationToken cancellationToken,
        string contentType = "application/json",
        string? authorization = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, "inference")) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (contentType.Length > 0)
        {
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Posts JSON to an address of the server.</summary>
    public static Task<HttpResponseMessage> PostToAsync(TogetherAILocalServer server, string path, string body, CancellationToken cancellationToken)
        => Client.PostAsync(new Uri(server.Url, path), new StringContent(body, Encoding.UTF8, "application/json"), cancellationToken);

    public static async Task<JsonObject> PostForJsonAsync(TogetherAILocalServer server, JsonObject body, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(server, body.ToJsonString(), cancellationToken);
        return await JsonAsync(response, cancellationToken);
    }

    public static async Task<JsonObject> JsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
        => JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();

    /// <summary>Posts a request for a stream and reads its chunks to the end.</summary>
    public static async Task<List<JsonObject>> PostForChunksAsync(TogetherAILocalServer server, JsonObject body, CancellationToken cancellationToken)
    {
        body["stream_tokens"] = true;
        using var response = await PostAsync(server, body.ToJsonString(), cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var events = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(item => item["data: ".Length..]).ToList();
        Assert.That(events[^1], Is.EqualTo("[DONE]"));
        return events.SkipLast(1).Select(data => JsonNode.Parse(data)!.AsObject()).ToList();
    }

    public static JsonObject Request(string prompt, params (string Name, JsonNode Value)[] fields)
    {
        var request = new JsonObject { ["model"] = "org/model", ["prompt"] = prompt };
        foreach (var (name, value) in fields)
        {
            request[name] = value;
        }

        return request;
    }

    public static string Text(JsonObject response, int choice = 0) => response["output"]!["choices"]![choice]!["text"]!.GetValue<string>();

    public static string Text(IEnumerable<JsonObject> chunks)
        => string.Concat(chunks.Where(chunk => !chunk["token"]!["special"]!.GetValue<bool>()).Select(chunk => chunk["choices"]![0]!["text"]!.GetValue<string>()));
}
