using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using TogetherAI.LocalServer;
using TogetherAI.Samples.Gateway;

namespace TogetherAI.Cli.Tests.Samples;

/// <summary>The gateway of the samples, on a free port, in front of local servers.</summary>
[CancelAfter(60_000)]
public sealed class GatewayTests
{
    private const string Chat = """{"model":"any","messages":[{"role":"user","content":"Say 5 words"}]}""";
    private const string StreamedChat = """{"model":"any","stream":true,"messages":[{"role":"user","content":"Say 5 words"}]}""";
    private const string Tokens = """{"model":"any","prompt":"Say 5 words"}""";

    private static readonly HttpClient Http = new();

    [Test]
    public async Task Whole_response_is_relayed_as_the_upstream_sends_it(CancellationToken cancellationToken)
    {
        await using var upstream = await StartUpstreamAsync();
        await using var gateway = await StartAsync(upstream);

        using var relayed = await PostAsync(gateway, "v1/chat/completions", Chat, cancellationToken);
        using var models = await Http.GetAsync(new Uri(gateway.Urls.Single() + "/v1/models"), cancellationToken);

        Assert.That((relayed.StatusCode, relayed.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, "application/json")));
        Assert.That((string?)JsonNode.Parse(await relayed.Content.ReadAsStringAsync(cancellationToken))!["object"], Is.EqualTo("chat.completion"));
        Assert.That(await models.Content.ReadAsStringAsync(cancellationToken), Is.EqualTo(await Http.GetStringAsync(new Uri(upstream.Url, "v1/models"), cancellationToken)));
    }

    [Test]
    public async Task Stream_is_relayed_byte_by_byte(CancellationToken cancellationToken)
    {
        await using var upstream = await StartUpstreamAsync();
        await using var gateway = await StartAsync(upstream);

        using var relayed = await PostAsync(gateway, "v1/chat/completions", StreamedChat, cancellationToken);

        Assert.That(relayed.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
        Assert.That(await relayed.Content.ReadAsStringAsync(cancellationToken), Does.StartWith("data: {").And.EndsWith("data: [DONE]\n\n"));
    }

    [Test]
    public async Task Tokens_are_relayed_as_events_of_the_gateway_and_counted(CancellationToken cancellationToken)
    {
        await using var upstream = await StartUpstreamAsync();
        await using var gateway = await StartAsync(upstream);

        using var relayed = await PostAsync(gateway, "tokens", Tokens, cancellationToken);

        var events = Events(await relayed.Content.ReadAsStringAsync(cancellationToken));
        var tokens = (int)events[^1]["output_tokens"]!;
        Assert.That(events.SkipLast(1).Select(static data => (string?)data["text"]), Has.All.Not.Null.And.Exactly(5).Items);
        Assert.That(tokens, Is.GreaterThanOrEqualTo(5));
        Assert.That((string?)events[^1]["finish_reason"], Is.EqualTo("stop"));
        Assert.That(await MetricsAsync(gateway, cancellationToken), Does.Contain($"gateway_output_tokens {tokens}\n").And.Contain("gateway_calls 1\n").And.Contain("gateway_failures 0\n"));
    }

    [TestCase("v1/chat/completions", Chat)]
    [TestCase("v1/chat/completions", StreamedChat)]
    [TestCase("tokens", Tokens)]
    public async Task Upstream_that_refuses_is_followed_by_the_next(string path, string body, CancellationToken cancellationToken)
    {
        await using var refusing = await StartUpstreamAsync(TogetherAILocalServerFault.RateLimit);
        await using var sound = await StartUpstreamAsync();
        await using var gateway = await StartAsync(refusing, sound);

        using var relayed = await PostAsync(gateway, path, body, cancellationToken);

        _ = await relayed.Content.ReadAsByteArrayAsync(cancellationToken);
        Assert.That(relayed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await MetricsAsync(gateway, cancellationToken), Does.Contain("gateway_fallbacks 1\n").And.Contain("gateway_calls 2\n"));
    }

    [Test]
    public async Task Upstream_that_is_not_there_is_followed_by_the_next(CancellationToken cancellationToken)
    {
        var gone = await StartUpstreamAsync();
        await using var sound = await StartUpstreamAsync();
        await using var gateway = await StartAsync(gone, sound);
        await gone.DisposeAsync();

        using var relayed = await PostAsync(gateway, "v1/chat/completions", StreamedChat, cancellationToken);

        Assert.That(relayed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("v1/chat/completions", Chat)]
    [TestCase("v1/chat/completions", StreamedChat)]
    [TestCase("tokens", Tokens)]
    public async Task Refusal_keeps_its_status_its_body_and_its_wait(string path, string body, CancellationToken cancellationToken)
    {
        await using var upstream = await StartUpstreamAsync(TogetherAILocalServerFault.RateLimit);
        await using var gateway = await StartAsync(upstream);

        using var direct = await Http.PostAsync(new Uri(upstream.Url, "v1/chat/completions"), Json(StreamedChat), cancellationToken);
        using var relayed = await PostAsync(gateway, path, body, cancellationToken);

        Assert.That(relayed.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(relayed.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(relayed.Content.Headers.ContentType, Is.EqualTo(direct.Content.Headers.ContentType));
        Assert.That(await AfterIdAsync(relayed, cancellationToken), Is.EqualTo(await AfterIdAsync(direct, cancellationToken)));
    }

    [TestCase("v1/chat/completions", "{", HttpStatusCode.BadRequest)]
    [TestCase("tokens", "{", HttpStatusCode.BadRequest)]
    [TestCase("tokens", """{"model":"any","prompt":7}""", HttpStatusCode.BadRequest)]
    [TestCase("v1/chat/completions", """{"model":"no/such-model","messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.NotFound)]
    [TestCase("tokens", """{"model":"no/such-model","prompt":"Hi"}""", HttpStatusCode.NotFound)]
    public async Task Fault_of_the_caller_is_reported_to_the_caller(string path, string body, HttpStatusCode status, CancellationToken cancellationToken)
    {
        await using var upstream = await StartUpstreamAsync();
        await using var other = await StartUpstreamAsync();
        await using var gateway = await StartAsync(upstream, other);

        using var relayed = await PostAsync(gateway, path, body, cancellationToken);

        Assert.That(relayed.StatusCode, Is.EqualTo(status));
        Assert.That((string?)JsonNode.Parse(await relayed.Content.ReadAsStringAsync(cancellationToken))!["error"]!["message"], Is.Not.Empty);
        Assert.That(await MetricsAsync(gateway, cancellationToken), Does.Contain("gateway_fallbacks 0\n"));
    }

    [Test]
    public async Task Keys_are_used_in_turn_and_a_wrong_one_is_no_fault_of_the_caller(CancellationToken cancellationToken)
    {
        await using var upstream = await TogetherAILocalServer.StartAsync(new() { ApiKey = "right-key", TokensPerSecond = 0 }, cancellationToken);
        await using var gateway = await StartAsync(new GatewaySettings { Upstreams = { new() { Url = upstream.Url, Keys = { "wrong-key", "right-key" } } } });

        using var wrong = await PostAsync(gateway, "v1/chat/completions", Chat, cancellationToken);
        using var right = await PostAsync(gateway, "v1/chat/completions", Chat, cancellationToken);

        Assert.That((wrong.StatusCode, right.StatusCode), Is.EqualTo((HttpStatusCode.BadGateway, HttpStatusCode.OK)));
        Assert.That(await wrong.Content.ReadAsStringAsync(cancellationToken), Does.Not.Contain("key"));
    }

    [Test]
    public async Task Request_beyond_the_limit_is_refused_and_a_stream_that_is_left_makes_room(CancellationToken cancellationToken)
    {
        await using var upstream = await TogetherAILocalServer.StartAsync(new() { TokensPerSecond = 1 }, cancellationToken);
        await using var gateway = await StartAsync(new GatewaySettings { MaxConcurrentRequests = 1, Upstreams = { new() { Url = upstream.Url } } });

        using (await PostAsync(gateway, "v1/chat/completions", StreamedChat, cancellationToken))
        {
            using var refused = await PostAsync(gateway, "tokens", Tokens, cancellationToken);

            Assert.That((refused.StatusCode, refused.Headers.RetryAfter?.Delta), Is.EqualTo((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1))));
        }

        HttpStatusCode status;
        do
        {
            using var next = await PostAsync(gateway, "v1/chat/completions", StreamedChat, cancellationToken);
            status = next.StatusCode;
        }
        while (status == HttpStatusCode.ServiceUnavailable);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Stream_goes_on_to_its_end_while_the_gateway_stops(CancellationToken cancellationToken)
    {
        await using var upstream = await TogetherAILocalServer.StartAsync(new() { TokensPerSecond = 20 }, cancellationToken);
        await using var gateway = await StartAsync(upstream);
        using var stream = await PostAsync(gateway, "v1/chat/completions", StreamedChat, cancellationToken);

        var stopping = gateway.StopAsync(cancellationToken);

        Assert.That(await stream.Content.ReadAsStringAsync(cancellationToken), Does.EndWith("data: [DONE]\n\n"));
        await stopping;
    }

    [Test]
    public async Task Gateway_without_upstreams_starts_with_two_local_servers(CancellationToken cancellationToken)
    {
        await using var local = await LocalUpstreams.StartAsync();
        var settings = new GatewaySettings();
        settings.Upstreams.AddRange(local.Settings);
        await using var gateway = await StartAsync(settings);

        using var relayed = await PostAsync(gateway, "v1/chat/completions", Chat, cancellationToken);

        Assert.That(relayed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static Task<TogetherAILocalServer> StartUpstreamAsync(TogetherAILocalServerFault? fault = null)
        => TogetherAILocalServer.StartAsync(new() { TokensPerSecond = 0, Faults = fault is { } always ? new() { Rates = { [always] = 1 } } : null });

    private static Task<WebApplication> StartAsync(params TogetherAILocalServer[] upstreams)
    {
        var settings = new GatewaySettings();
        settings.Upstreams.AddRange(upstreams.Select(static upstream => new UpstreamSettings { Url = upstream.Url }));
        return StartAsync(settings);
    }

    private static async Task<WebApplication> StartAsync(GatewaySettings settings)
    {
        (settings.Url, settings.MaxRetries) = ("http://127.0.0.1:0", 0);
        var gateway = GatewayServer.Build(settings);
        await gateway.StartAsync();
        return gateway;
    }

    private static async Task<HttpResponseMessage> PostAsync(WebApplication gateway, string path, string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{gateway.Urls.Single()}/{path}") { Content = Json(body) };
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    // Each response has an ID of its own.
    private static async Task<string> AfterIdAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return body[body.IndexOf("\"error\"", StringComparison.Ordinal)..];
    }

    private static Task<string> MetricsAsync(WebApplication gateway, CancellationToken cancellationToken)
        => Http.GetStringAsync(new Uri(gateway.Urls.Single() + "/metrics"), cancellationToken);

    private static StringContent Json(string body) => new(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

    private static List<JsonNode> Events(string body)
        => [.. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(static one => JsonNode.Parse(one["data: ".Length..])!)];
}
