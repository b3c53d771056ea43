using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

public sealed class InferenceRulesTests
{
    private TogetherAILocalServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await TogetherAILocalServer.StartAsync(
        new TogetherAILocalServerOptions { ApiKey = "right-key", MaxRequestBytes = 2000 });

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TestCase("""{"prompt":"p"}""", "model")]
    [TestCase("""{"model":"m"}""", "prompt")]
    [TestCase("""{"model":null,"prompt":"p"}""", "model")]
    [TestCase("""{"model":"","prompt":"p"}""", "model")]
    [TestCase("""{"model":"m","prompt":""}""", "prompt")]
    [TestCase("""{"model":"m","prompt":["p"]}""", "prompt")]
    [TestCase("""{"model":7,"prompt":"p"}""", "model")]
    [TestCase("""{"model":"m","prompt":"p","max_tokens":0}""", "max_tokens")]
    [TestCase("""{"model":"m","prompt":"p","max_tokens":"9"}""", "max_tokens")]
    [TestCase("""{"model":"m","prompt":"p","max_tokens":1.5}""", "max_tokens")]
    [TestCase("""{"model":"m","prompt":"p","max_tokens":3000000000}""", "max_tokens")]
    [TestCase("""{"model":"m","prompt":"p","stop":"x"}""", "stop")]
    [TestCase("""{"model":"m","prompt":"p","stop":["x",1]}""", "stop")]
    [TestCase("""{"model":"m","prompt":"p","stop":[""]}""", "stop")]
    [TestCase("""{"model":"m","prompt":"p","temperature":-0.1}""", "temperature")]
    [TestCase("""{"model":"m","prompt":"p","temperature":"hot"}""", "temperature")]
    [TestCase("""{"model":"m","prompt":"p","temperature":1e999}""", "temperature")]
    [TestCase("""{"model":"m","prompt":"p","top_p":1.01}""", "top_p")]
    [TestCase("""{"model":"m","prompt":"p","top_k":0.5}""", "top_k")]
    [TestCase("""{"model":"m","prompt":"p","repetition_penalty":true}""", "repetition_penalty")]
    [TestCase("""{"model":"m","prompt":"p","logprobs":-1}""", "logprobs")]
    [TestCase("""{"model":"m","prompt":"p","safety_model":1}""", "safety_model")]
    [TestCase("""{"model":"m","prompt":"p","stream_tokens":"yes"}""", "stream_tokens")]
    [TestCase("""{"model":"m","prompt":"p","request_type":1}""", "request_type")]
    [TestCase("""{"model":"m","prompt":"p","request_type":"image-model-inference"}""", "request_type")]
    [TestCase("""{"model":"m","prompt":"p","n":0}""", "n")]
    [TestCase("""{"model":"m","prompt":"p","n":129}""", "n")]
    [TestCase("""{"model":"m","prompt":"p","best_of":0}""", "best_of")]
    [TestCase("""{"model":"m","prompt":"p","echo":1}""", "echo")]
    [TestCase("""{"model":"m","prompt":"p","async":true}""", "async")]
    [TestCase("""{"model":"m","prompt":"p","seed":9223372036854775808}""", "seed")]
    [TestCase("""{"model":"m","prompt":"p","width":0}""", "width")]
    [TestCase("""{"model":"m","prompt":"p","height":0}""", "height")]
    [TestCase("""{"model":"m","prompt":"p","steps":0}""", "steps")]
    [CancelAfter(30_000)]
    public async Task Request_against_a_rule_is_answered_400_naming_the_field(string body, string field, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(body, cancellationToken);

        await AssertErrorAsync(response, HttpStatusCode.BadRequest, cancellationToken, field);
    }

    [TestCase("", TestName = "Request_without_a_body_is_answered_400")]
    [TestCase("{\"model\":", TestName = "Request_cut_short_is_answered_400")]
    [TestCase("[]", TestName = "Request_that_is_no_object_is_answered_400")]
    [TestCase("{\"model\":\"m\",\"prompt\":\"\\ud83d\"}", TestName = "Request_with_half_a_character_is_answered_400")]
    [TestCase("{\"model\":\"m\",\"prompt\":\"p\"} x", TestName = "Request_with_something_after_it_is_answered_400")]
    [CancelAfter(30_000)]
    public async Task Request_that_is_not_JSON_is_answered_400(string body, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(body, cancellationToken);

        await AssertErrorAsync(response, HttpStatusCode.BadRequest, cancellationToken);
    }

    [TestCase(""), TestCase("text/plain"), TestCase("application/json; charset=utf-16")]
    [CancelAfter(30_000)]
    public async Task Request_of_another_content_type_is_answered_400(string contentType, CancellationToken cancellationToken)
    {
        using var response = await PlainHttp.PostAsync(_server, """{"model":"m","prompt":"p"}""", cancellationToken, contentType, "Bearer right-key");

        await AssertErrorAsync(response, HttpStatusCode.BadRequest, cancellationToken);
    }

    [TestCase("""{"model":"m","prompt":"p","stop":null,"max_tokens":null,"repetition_penalty":null,"logprobs":null,"safety_model":null}""")]
    [TestCase("""{"model":"m","prompt":"p","stop":[],"top_p":0,"temperature":0,"never_heard_of":{"a":[1]}}""")]
    [CancelAfter(30_000)]
    public async Task Request_with_nulls_and_unknown_fields_is_accepted(string body, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(body, cancellationToken);

        var json = await PlainHttp.JsonAsync(response, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(JsonNode.DeepEquals(json["args"], JsonNode.Parse(body)), Is.True);
        }
    }

    [TestCase(null), TestCase("Bearer wrong-key"), TestCase("Bearer right-key2"), TestCase("Basic right-key"), TestCase("right-key")]
    [CancelAfter(30_000)]
    public async Task Request_without_the_right_key_is_answered_401(string? authorization, CancellationToken cancellationToken)
    {
        using var response = await PlainHttp.PostAsync(_server, """{"model":"m","prompt":"p"}""", cancellationToken, authorization: authorization);

        await AssertErrorAsync(response, HttpStatusCode.Unauthorized, cancellationToken, code: "invalid_api_key");
    }

    [Test, CancelAfter(30_000)]
    public async Task Request_with_any_key_is_accepted_where_none_is_asked_for(CancellationToken cancellationToken)
    {
        await using var open = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);

        using var without = await PlainHttp.PostAsync(open, """{"model":"m","prompt":"p"}""", cancellationToken);
        using var with = await PlainHttp.PostAsync(open, """{"model":"m","prompt":"p"}""", cancellationToken, authorization: "Bearer whatever");

        Assert.That(new[] { without.StatusCode, with.StatusCode }, Is.All.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("POST", "nowhere", HttpStatusCode.NotFound)]
    [TestCase("GET", "", HttpStatusCode.NotFound)]
    [TestCase("GET", "inference", HttpStatusCode.MethodNotAllowed)]
    [CancelAfter(30_000)]
    public async Task Request_to_an_unknown_address_is_answered_with_an_error(string method, string path, HttpStatusCode status, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_server.Url, path));
        request.Headers.Add("Authorization", "Bearer right-key");

        using var response = await PlainHttp.Client.SendAsync(request, cancellationToken);

        await AssertErrorAsync(response, status, cancellationToken);
    }

    [TestCase(false), TestCase(true)]
    [CancelAfter(30_000)]
    public async Task Request_larger_than_the_limit_is_answered_413(bool chunked, CancellationToken cancellationToken)
    {
        var body = PlainHttp.Request(new string('x', 2000)).ToJsonString();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Url, "inference"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer right-key");
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await PlainHttp.Client.SendAsync(request, cancellationToken);

        await AssertErrorAsync(response, HttpStatusCode.RequestEntityTooLarge, cancellationToken);
    }

    [Test, CancelAfter(30_000)]
    public async Task Stream_over_the_limit_is_answered_503_and_a_place_is_free_again_when_one_ends(CancellationToken cancellationToken)
    {
        var body = PlainHttp.Request("Write 1000 words", ("stream_tokens", true)).ToJsonString();
        await using var server = await TogetherAILocalServer.StartAsync(
            new TogetherAILocalServerOptions { MaxConcurrentStreams = 1 }, cancellationToken);
        var first = await PlainHttp.PostAsync(server, body, cancellationToken);

        using var second = await PlainHttp.PostAsync(server, body, cancellationToken);
        await AssertErrorAsync(second, HttpStatusCode.ServiceUnavailable, cancellationToken, type: "service_unavailable");
        first.Dispose();
        await Eventually.TrueAsync(() => server.ActiveStreams == 0, cancellationToken);
        using var third = await PlainHttp.PostAsync(server, body, cancellationToken);

        Assert.That(third.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private Task<HttpResponseMessage> PostAsync(string body, CancellationToken cancellationToken)
        => PlainHttp.PostAsync(_server, body, cancellationToken, authorization: "Bearer right-key");

    private static async Task AssertErrorAsync(
        HttpResponseMessage response,
        HttpStatusCode status,
        CancellationToken cancellationToken,
        string? param = null,
        string type = "invalid_request_error",
        string? code = null)
    {
        var body = await PlainHttp.JsonAsync(response, cancellationToken);
        var error = body["error"]!.AsObject();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(status));
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
            Assert.That(error.Select(member => member.Key), Is.EqualTo(new[] { "message", "type", "param", "code" }));
            Assert.That(error["message"]!.GetValue<string>(), Is.Not.Empty);
            Assert.That(error["type"]!.GetValue<string>(), Is.EqualTo(type));
            Assert.That(error["param"]?.GetValue<string>(), Is.EqualTo(param));
            Assert.That(error["code"]?.GetValue<string>(), Is.EqualTo(code));
            Assert.That(body["id"]!.GetValue<string>(), Is.EqualTo(response.Headers.GetValues("x-request-id").Single()));
        }
    }
}
