using System.Reflection;
using System.Text;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>Requests that are there as bytes, and calls that the document does not know.</summary>
[CancelAfter(30_000)]
public sealed class RawClientTests
{
    private const string ChatPath = "v1/chat/completions";
    private const string Asking = """{"model":"m", "messages":[], "stream": true}""";
    private const string Piece = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n";
    private const string LastPiece = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}\n\ndata: [DONE]\n\n";

    private static TogetherAIRawRequest Chat(string json, string path = ChatPath) => new(path, Encoding.UTF8.GetBytes(json));

    [TestCase("""{"model" : "m","x":1e400,"messages":[]}""", "/" + ChatPath, "/v1/chat/completions")]
    [TestCase("""{"seed":9007199254740993}""", "v1/unknown/path%20x?a=b&c=%2F", "/v1/unknown/path%20x?a=b&c=%2F")]
    [TestCase("", "v1/rerank", "/v1/rerank")]
    public async Task Request_and_response_keep_their_bytes(string json, string path, string target)
    {
        const string Response = """{ "seed" : 9007199254740993, "price":0.0000010, "unknown":[] }""";
        await using var server = RawServer.Answering(Answers.Of(200, Response, "application/json; charset=utf-8", "x-request-id: r-1\r\n"));
        using var client = Clients.ForAll(server);

        var response = await client.Raw.SendAsync(Chat(json, path));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetString(response.Body.ToArray()), Is.EqualTo(Response));
            Assert.That(response.Info.RequestId, Is.EqualTo("r-1"));
            Assert.That(response.Info.ContentType, Is.EqualTo("application/json; charset=utf-8"));
            Assert.That(server.Request.Method, Is.EqualTo("POST"));
            Assert.That(server.Request.Target, Is.EqualTo(target));
            Assert.That(server.Request.Body, Is.EqualTo(json));
            Assert.That(server.Request.Header("Content-Type"), Is.EqualTo("application/json"));
            Assert.That(server.Request.Header("Authorization"), Is.EqualTo("Bearer " + Clients.Key));
        }
    }

    [Test]
    public async Task Request_without_content_is_a_GET_and_any_method_can_be_sent([Values("GET", "DELETE", "PATCH")] string method)
    {
        await using var server = RawServer.Answering(Answers.Of(200, "plain", "text/plain"));
        using var client = Clients.ForAll(server);
        var request = new TogetherAIRawRequest("v1/things/7");
        if (method != "GET")
        {
            request.Method = new HttpMethod(method);
        }

        var response = await client.Raw.SendAsync(request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetString(response.Body.ToArray()), Is.EqualTo("plain"));
            Assert.That(server.Request.Method, Is.EqualTo(method));
            Assert.That(server.Request.Header("Content-Type"), Is.Null);
        }
    }

    [TestCase("")]
    [TestCase("/")]
    [TestCase("//evil.example/x")]
    [TestCase("https://evil.example/x")]
    [TestCase("v1/../admin")]
    [TestCase("v1/%2e%2E/admin")]
    [TestCase("v1/./x")]
    [TestCase("v1/x#y")]
    [TestCase("v1/a b")]
    [TestCase("v1\\x")]
    [TestCase("v1/x\r\nHost: evil", TestName = "Path_with_a_line_break_is_refused")]
    public void Path_that_leads_elsewhere_is_refused(string path)
        => Assert.That(() => new TogetherAIRawRequest(path), Throws.ArgumentException.With.Property("ParamName").EqualTo("path"));

    [TestCase(Asking, ChatPath, true)]
    [TestCase("""{"stream":false}""", ChatPath, false)]
    [TestCase("""{"model":{"stream":true}}""", ChatPath, false)]
    [TestCase("""{"stream":true,"stream":false}""", ChatPath, false)]
    [TestCase("""{"stre\u0061m":true}""", ChatPath, true)]
    [TestCase("""{"stream":"true"}""", ChatPath, false)]
    [TestCase("""{"stream_tokens":true}""", "inference", true)]
    [TestCase("""{"stream":true}""", "inference", false)]
    [TestCase("""{"stream":true}""", "v9/other", true)]
    [TestCase("""{"stream":true""", ChatPath, false)]
    [TestCase("[true]", ChatPath, false)]
    [TestCase("", ChatPath, false)]
    public void Stream_is_asked_for_by_the_field_of_the_document(string json, string path, bool expected)
        => Assert.That(Chat(json, path).IsStreamRequested, Is.EqualTo(expected));

    [Test]
    public async Task Call_that_does_not_fit_what_the_request_asks_for_is_refused_before_it_is_sent()
    {
        await using var server = RawServer.Answering(Answers.Of(200, "{}"));
        using var client = Clients.ForAll(server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => client.Raw.SendAsync(Chat(Asking)), Throws.ArgumentException.With.Message.Contains("StreamBytesAsync"));
            Assert.That(() => client.Raw.StreamBytesAsync(Chat("{}")), Throws.ArgumentException.With.Message.Contains("\"stream\" is not true"));
            Assert.That(() => client.Raw.StreamTokensAsync(Chat(Asking, "v9/other")), Throws.ArgumentException.With.Message.Contains("does not describe"));
            Assert.That(server.Requests, Is.Empty);
        }
    }

    [Test]
    public async Task Stream_of_a_described_operation_is_read_in_all_three_ways()
    {
        await using var server = RawServer.Streaming(Encoding.UTF8.GetBytes(Piece + LastPiece));
        using var client = Clients.ForAll(server);
        TogetherAICallSummary? told = null;

        using var bytes = await client.Raw.StreamBytesAsync(Chat(Asking), new TogetherAIRequestOptions { Completed = summary => told = summary });
        var text = await new StreamReader(bytes).ReadToEndAsync();
        bytes.Dispose();
        var chunks = await client.Raw.StreamAsync<ChatCompletionChunk>(Chat(Asking)).ToListAsync();
        var tokens = await client.Raw.StreamTokensAsync(Chat(Asking)).ToListAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Is.EqualTo(Piece + LastPiece));
            Assert.That(chunks.Select(chunk => chunk.Text), Is.EqualTo(new[] { "a", "b" }));
            Assert.That(tokens, Is.EqualTo(new[] { "a", "b" }));
            Assert.That(told!.Failure, Is.Null);
            Assert.That(server.Requests.Select(request => request.Body), Is.All.EqualTo(Asking));
            Assert.That(server.Requests.Select(request => request.Header("Accept")), Is.All.EqualTo("text/event-stream, application/json"));
        }
    }

    [Test]
    public async Task Stream_of_a_described_operation_that_is_cut_off_is_an_error()
    {
        await using var server = RawServer.Streaming(Encoding.UTF8.GetBytes(Piece));
        using var client = Clients.ForAll(server);

        var (texts, exception) = await Failures.After<TogetherAIStreamException>(client.Raw.StreamTokensAsync(Chat(Asking)));

        Assert.That(texts, Is.EqualTo(new[] { "a" }));
        Assert.That(exception.Failure, Is.EqualTo(TogetherAIStreamFailure.Incomplete));
    }

    [Test]
    public async Task Stream_of_an_operation_that_is_not_described_is_read_as_any_class()
    {
        await using var server = RawServer.Streaming("event: x\ndata: {\"n\":1}\n\ndata: {\"n\":2}\n\n"u8.ToArray());
        using var client = Clients.ForAll(server);
        var request = Chat(Asking, "v9/other");

        var tokens = await client.Raw.StreamAsync<JObject>(request).ToListAsync();
        var objects = await client.Raw.StreamAsync<Counted>(request).ToListAsync();

        Assert.That(tokens.Select(token => (int)token["n"]!), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(objects.Select(value => value.N), Is.EqualTo(new[] { 1, 2 }));
    }

    [TestCase("<html>", "text/html")]
    [TestCase("""{"error":{"message":"overloaded"}}""", "application/json")]
    public async Task Response_that_is_no_event_stream_is_an_error(string body, string type)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body, type));
        using var client = Clients.ForAll(server);

        var exception = await Failures.Of<TogetherAIStreamException>(() => client.Raw.StreamBytesAsync(Chat(Asking)));

        Assert.That(exception.ResponseBody, Is.EqualTo(body));
    }

    [TestCase("""{"error":{"message":"overloaded","type":"server_error"}}""", "application/json")]
    [TestCase("""{"error":"overloaded"}""", "text/plain")]
    [TestCase("""{"object":"error","message":"overloaded","code":500}""", "application/json")]
    [TestCase("""{"title":"overloaded"}""", "application/problem+json")]
    public async Task Error_with_success_is_an_error(string body, string type)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body, type));
        using var client = Clients.ForAll(server);

        var exception = await Failures.Of<TogetherAIServerException>(() => client.Raw.SendAsync(Chat("{}")));

        Assert.That(exception.Message, Does.Contain("overloaded"));
        Assert.That(exception.ResponseBody, Is.EqualTo(body));
    }

    [TestCase("""{"id":"b","status":"FAILED","error":"no such file"}""")]
    [TestCase("""{"error":null,"choices":[]}""")]
    [TestCase("""{"choices":[{"message":{"content":"\"error\""}}],"error":""}""")]
    [TestCase("""{"detail":"of a thing","message":"hello"}""")]
    public async Task Response_that_has_more_than_an_error_is_whole(string body)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body));
        using var client = Clients.ForAll(server);

        var response = await client.Raw.SendAsync(new TogetherAIRawRequest("v1/batches/b"));

        Assert.That(Encoding.UTF8.GetString(response.Body.ToArray()), Is.EqualTo(body));
    }

    [TestCase("v1/chat/completions", """{"model":"m"}""", null, 2)]
    [TestCase("inference", """{"model":"m","async":true}""", null, 1)]
    [TestCase("inference", """{"model":"m"}""", null, 2)]
    [TestCase("v2/videos", "{}", null, 1)]
    [TestCase("v9/other", "{}", null, 1)]
    [TestCase("v9/other", "{}", true, 2)]
    [TestCase("v1/chat/completions", "{}", false, 1)]
    public async Task Request_is_sent_twice_only_where_that_is_no_worse_than_once(string path, string json, bool? isIdempotent, int attempts)
    {
        await using var server = RawServer.Answering(Answers.Of(500, "{}"));
        using var client = new TogetherAIClient(Clients.Options(server.Url, options => (options.MaxRetries, options.TimeProvider) = (1, new InstantTime())));
        var request = Chat(json, path);
        request.IsIdempotent = isIdempotent;

        await Failures.Of<TogetherAIServerException>(() => client.Raw.SendAsync(request));

        Assert.That(server.Requests, Has.Count.EqualTo(attempts));
    }

    [Test]
    public async Task Options_of_the_call_hold_and_its_key_is_masked()
    {
        await using var server = RawServer.Answering(Answers.Of(401, """{"error":{"message":"Bad key secret-of-the-call-0123456789"}}"""));
        using var client = new TogetherAIClient();
        var options = new TogetherAIRequestOptions { ApiKey = "secret-of-the-call-0123456789", ApiUrl = new Uri(server.Url, "exact/path") };
        options.Headers["X-Tenant"] = "t";

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => client.Raw.SendAsync(Chat("{}"), options));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.ToString(), Does.Not.Contain("secret-of-the-call"));
            Assert.That(server.Request.Target, Is.EqualTo("/exact/path"));
            Assert.That(server.Request.Header("X-Tenant"), Is.EqualTo("t"));
            Assert.That(server.Request.Header("Authorization"), Is.EqualTo("Bearer secret-of-the-call-0123456789"));
        }
    }

    [TestCase("v1/chat/completions", "https://api.together.ai/v1/chat/completions")]
    [TestCase("v1/not/described", "https://api.together.ai/v1/not/described")]
    [TestCase("inference", "https://api.together.xyz/inference")]
    public async Task Address_is_that_of_the_document_where_none_is_set(string path, string expected)
    {
        Uri? sent = null;
        using var httpClient = new HttpClient(new Recorder(request => sent = request.RequestUri));
        using var client = new TogetherAIClient(httpClient, new TogetherAIOptions { ApiKey = "k", BaseUrl = null });

        await client.Raw.SendAsync(Chat("{}", path));

        Assert.That(sent!.AbsoluteUri, Is.EqualTo(expected));
    }

    [Test]
    public async Task Interface_of_all_areas_is_what_code_under_test_can_be_given()
    {
        await using var server = RawServer.Answering(Answers.Of(200, """{"choices":[{"index":0,"message":{"role":"assistant","content":"Hi"}}]}"""));
        using var client = Clients.ForAll(server);
        ITogetherAIClient areas = client;

        var whole = await areas.Chat.CompleteAsync(new ChatCompletionRequest { Model = "m", Messages = [ChatCompletionMessage.FromUser("u")] });
        var raw = await areas.Raw.SendAsync(Chat("{}"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole.Text, Is.EqualTo("Hi"));
            Assert.That(raw.Body.Length, Is.GreaterThan(0));
            Assert.That(typeof(ITogetherAIClient).GetProperties().Select(area => area.GetValue(areas)), Has.None.Null);
            Assert.That(typeof(ITogetherAIClient).GetProperties().Select(area => area.Name), Is.EquivalentTo(typeof(TogetherAIClient).GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(area => area.Name)));
        }
    }

    private sealed class Counted
    {
        public int N { get; set; }
    }

    private sealed class Recorder(Action<HttpRequestMessage> record) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            record(request);
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent("{}") });
        }
    }
}
