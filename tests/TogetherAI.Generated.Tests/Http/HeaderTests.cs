using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

[CancelAfter(30_000)]
public sealed class HeaderTests
{
    [TestCase("Accept", "text/plain")]
    [TestCase("accept", "text/plain")]
    [TestCase("User-Agent", "mine (any; text)")]
    [TestCase("Content-Type", "application/vnd.mine+json")]
    [TestCase("Authorization", "Basic dGVzdDp0ZXN0")]
    [TestCase("Accept-Encoding", "gzip")]
    [TestCase("Content-Language", "en")]
    [TestCase("Expires", "0")]
    [TestCase("Host", "another.example")]
    [TestCase("X-Empty", "")]
    public async Task Custom_header_replaces_the_default_of_that_name(string name, string value)
    {
        await using var server = Calls.Server();
        using var client = Clients.For(server, options => options.Headers[name] = value);

        await client.CompleteAsync(Call.Run);
        await client.CompleteAsync(Call.StreamTokens);

        Assert.That(server.Requests.Select(request => request.Header(name)), Is.EqualTo(new[] { value, value }));
    }

    [TestCase("X-Test", "hidden-value\r\nX-Smuggled: 1")]
    [TestCase("X-Test", "hidden-value\nX-Smuggled: 1")]
    [TestCase("X-Test", "hidden-value\r")]
    [TestCase("X-Test", "hidden-value\0")]
    [TestCase("X-Test", "hidden-value\u007f")]
    [TestCase("X-Test", "hidden-valué")]
    [TestCase("X-Test", null)]
    public async Task Header_value_that_no_header_may_carry_is_refused_without_being_quoted(string name, string? value)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server);
        var options = new TogetherAIRequestOptions { Headers = { [name] = value! } };

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request, options),
            Throws.TypeOf<ArgumentException>().With.Message.Contains(name).And.Message.Not.Contains("hidden"));
        Assert.That(server.ConnectionCount, Is.Zero);
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("X Test")]
    [TestCase("X-Test:")]
    [TestCase("X-Test\r\nX-Smuggled")]
    [TestCase("X-Tést")]
    public void Header_name_that_is_none_is_refused_at_the_call(string name)
    {
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { ApiKey = Clients.Key });
        var options = new TogetherAIRequestOptions { Headers = { [name] = "hidden-value" } };

        Assert.That(
            () => client.StreamTokensAsync(Clients.Request, options),
            Throws.TypeOf<ArgumentException>().With.Message.Not.Contains("hidden").And.Message.Not.Contains("\r"));
    }

    [TestCase("Content-Length", "5")]
    [TestCase("content-length", "hidden")]
    [TestCase("Transfer-Encoding", "chunked")]
    [TestCase("Connection", "close")]
    [TestCase("Keep-Alive", "timeout=5")]
    [TestCase("Proxy-Connection", "keep-alive")]
    [TestCase("Upgrade", "websocket")]
    [TestCase("Trailer", "X-Later")]
    [TestCase("TE", "trailers")]
    [TestCase("Expect", "100-continue")]
    [TestCase("HTTP2-Settings", "hidden")]
    public async Task Header_that_HTTP_itself_manages_is_refused_by_name(string name, string value)
    {
        await using var server = Calls.Server();
        using var client = Clients.For(server);
        using var sameForAll = Clients.For(server, options => options.Headers[name] = value);
        var options = new TogetherAIRequestOptions { Headers = { [name] = value } };

        foreach (var call in Calls.All)
        {
            await Assert.ThatAsync(() => client.CompleteAsync(call, options), Throws.TypeOf<ArgumentException>().With.Message.Contains(name).And.Message.Not.Contains("hidden"));
            await Assert.ThatAsync(() => sameForAll.CompleteAsync(call), Throws.TypeOf<ArgumentException>().With.Message.Contains(name));
        }

        Assert.That(server.ConnectionCount, Is.Zero);
    }

    [TestCase("")]
    [TestCase("two words")]
    [TestCase("http://hidden.example/")]
    [TestCase("a:b:c")]
    [TestCase("hidden.example:99999")]
    public async Task Host_that_is_none_is_refused(string value)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server);
        var options = new TogetherAIRequestOptions { Headers = { ["Host"] = value } };

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request, options),
            Throws.TypeOf<ArgumentException>().With.Message.Contains("Host").And.Message.Not.Contains("hidden"));
        Assert.That(server.ConnectionCount, Is.Zero);
    }

    [TestCase("another.example:8080")]
    [TestCase("[::1]:80")]
    [TestCase("127.0.0.1")]
    public async Task Host_of_the_caller_is_sent(string value)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server, options => options.Headers["Host"] = value);

        await client.RunAsync(Clients.Request);

        Assert.That(server.Request.Header("Host"), Is.EqualTo(value));
    }

    [TestCase("X-Of-The-Stack", "1")]
    [TestCase("User-Agent", "Program/1.0")]
    public async Task Header_of_the_HttpClient_itself_is_sent_too(string name, string value)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var httpClient = new HttpClient { DefaultRequestHeaders = { { name, value } } };
        using var client = Clients.For(server, httpClient);

        await client.RunAsync(Clients.Request);

        Assert.That(server.Request.Header(name), Is.EqualTo(value));
    }
}
