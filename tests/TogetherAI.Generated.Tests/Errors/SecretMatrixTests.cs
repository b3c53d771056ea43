using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Errors;

/// <summary>
/// Whatever part of a response repeats a secret, of whatever place, to whatever call: it stands nowhere in what the client
/// tells, which is its exceptions and what it says of a response.
/// </summary>
[CancelAfter(60_000)]
public sealed class SecretMatrixTests
{
    // A body that is longer than it says.
    private const string BreaksOff = "breaks off";

    // § stands for the secret.
    private static readonly Dictionary<string, string> Responses = new()
    {
        ["line that is no header"] = "HTTP/1.1 200 OK\r\nbroken § line\r\n\r\n",
        ["name that is no header's"] = "HTTP/1.1 200 OK\r\nX § Y: 1\r\n\r\n",
        ["status line"] = "HTTP/1.1 § OK\r\n\r\n",
        ["line in the place of the status line"] = "Bad key § given\r\n\r\n",
        ["reason phrase"] = "HTTP/1.1 401 Bad key §\r\nContent-Length: 0\r\n\r\n",
        ["Content-Length"] = "HTTP/1.1 200 OK\r\nContent-Length: §\r\n\r\n",
        ["Transfer-Encoding"] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: §\r\n\r\nx",
        ["size of a chunk"] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n§ z\r\n",
        ["trailer"] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nbroken § trailer\r\n\r\n",
        ["Location"] = Answers.Empty(302, "Location: /to/§\r\n"),
        ["Retry-After"] = Answers.Empty(429, "Retry-After: §\r\nx-ratelimit-reset: §\r\nx-ratelimit-limit: §\r\n"),
        ["id with a failure"] = Answers.Of(401, "{\"error\":\"no\"}", headers: "x-request-id: id-§\r\n"),
        ["id of the edge with a failure"] = Answers.Empty(500, "cf-ray: id-§\r\n"),
        ["id with success"] = Answers.Of(200, Answers.RunBody, headers: "x-request-id: id-§\r\n"),
        ["id of the edge with success"] = Answers.Of(200, Frames.Text(" 4") + Frames.Done, "text/event-stream", "cf-ray: id-§\r\n"),
        ["id in a body"] = Answers.Of(404, "{\"id\":\"id-§\",\"error\":{\"message\":\"no\"}}"),
        ["content type with success"] = Answers.Of(200, "no json", "text/§"),
        ["content type and an empty body"] = Answers.Of(200, "", "application/x-§"),
        ["charset"] = Answers.Of(400, "{\"error\":\"no\"}", "application/json; charset=§"),
        ["content coding with success"] = Answers.Of(200, "{}", "application/json", "Content-Encoding: §\r\n"),
        ["content coding of a stream"] = Answers.Of(200, "data: {}\n\n", "text/event-stream", "Content-Encoding: §\r\n"),
        ["content coding of a recording"] = Answers.Of(200, "RIFF", "audio/wav", "Content-Encoding: §\r\n"),
        ["content coding of a failure"] = Answers.Of(503, "{}", "application/json", "Content-Encoding: §\r\n"),
        ["fields of an error"] = Answers.Of(400, """{"error":{"message":"m §","type":"t-§","param":"p-§","code":"c-§"},"request_id":"r-§"}"""),
        ["problem details"] = Answers.Of(400, """{"type":"https://x/§","title":"t §","detail":"d §","instance":"/§"}""", "application/problem+json"),
        ["error as a sentence"] = Answers.Of(403, "{\"error\":\"Bad key §\"}"),
        ["error as plain text"] = Answers.Of(401, "Bad key §", "text/plain"),
        ["error as a page"] = Answers.Of(502, "<p>§</p>", "text/html"),
        ["error that is cut for the message"] = Answers.Of(401, new string('x', 292) + " §", "text/plain"),
        ["error with white space and marks around"] = Answers.Of(401, "key:\u200b\r\n\t§\u202e.", "text/plain"),
        ["failure of a response with success"] = Answers.Of(200, "{\"error\":{\"message\":\"§\",\"code\":\"§\"}}"),
        ["failure inside the output"] = Answers.Of(200, "{\"output\":{\"error\":\"§\"}}"),
        ["failure as plain text with success"] = Answers.Of(200, "{\"error\":\"§\"}", "text/plain"),
        ["field of another kind"] = Answers.Of(200, "{\"output\":{\"choices\":\"§\"}}"),
        ["name of a field"] = Answers.Of(200, "{\"output\":{\"choices\":[{\"§\":{\"§\":}}]}}"),
        ["page with success"] = Answers.Of(200, "<p>§</p>", "text/html"),
        ["event with an error"] = Answers.Of(200, "data: {\"error\":{\"message\":\"§\",\"type\":\"§\"}}\n\n", "text/event-stream"),
        ["error that breaks off"] = "HTTP/1.1 401 Status\r\nContent-Length: 22\r\n\r\nInvalid key § and more.",
        ["page that breaks off with success"] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 22\r\n\r\n<p>Your key §</p>",
        ["event that is no JSON"] = Answers.Of(200, "data: bad key §\n\n", "text/event-stream"),
        ["event with a field of another kind"] = Answers.Of(200, "data: {\"choices\":[{\"index\":{\"§\":1},\"text\":{\"§\":\"§\"}}],\"token\":\"§\"}\n\n", "text/event-stream"),
        ["event that is cut"] = Answers.Of(200, "data: {\"choices\":[{\"text\":\"§", "text/event-stream"),
        ["stream that is none"] = Answers.Of(200, "{\"error\":\"§\"}", "text/event-stream"),
    };

    // Each two of response, secret and way of calling meet.
    [Test]
    public async Task Secret_that_a_response_repeats_stands_nowhere(
        [ValueSource(nameof(Names))] string response, [ValueSource(typeof(HiddenSecret), nameof(HiddenSecret.All))] HiddenSecret secret)
    {
        var way = Ways.All[(Responses.Keys.ToList().IndexOf(response) + HiddenSecret.All.ToList().IndexOf(secret)) % Ways.All.Length];

        // Not to be kept alive: what follows a broken response is no request.
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync(Response(response, secret.Value), stop);
            connection.Dispose();
        });

        var told = await CallAsync(server, secret, way);

        Assert.That(told, Is.Not.Empty);
        Assert.That(told.SelectMany(Reflected.TextsOf), Has.None.Contains(secret.Telling), $"The way is {way}.");
    }

    private static string Response(string name, string secret)
    {
        var response = Responses[name].Replace("§", secret, StringComparison.Ordinal).Replace("Content-Length: ", "Connection: close\r\nContent-Length: ", StringComparison.Ordinal);
        var length = Encoding.UTF8.GetByteCount(response[(response.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        return name.Contains(BreaksOff, StringComparison.Ordinal)
            ? response
            : Regex.Replace(response, "Content-Length: [0-9]+", string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}"));
    }

    private static IEnumerable<string> Names() => Responses.Keys;

    private static async Task<List<object>> CallAsync(RawServer server, HiddenSecret secret, Way way)
    {
        // One redirect tells as much as the fifty that .NET follows.
        using var httpClient = new HttpClient(new HttpClientHandler { MaxAutomaticRedirections = 1 });
        secret.Prepare(httpClient);
        using var client = new TogetherAIClient(httpClient, Clients.Options(server.Url, secret.Configure));
        var told = new List<object>();
        var options = new TogetherAIRequestOptions { ResponseReceived = told.Add };
        secret.Add(options, server.Url);
        try
        {
            await client.CompleteAsync(way, options);
        }
        catch (TogetherAIException exception)
        {
            told.Add(exception);
        }

        return told;
    }
}
