using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

[CancelAfter(30_000)]
public sealed class PerCallOptionsTests
{
    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task ApiKey_of_a_call_replaces_that_of_the_client(Call call)
    {
        await using var server = Calls.Server();
        using var client = Clients.For(server);

        await client.CompleteAsync(call, new TogetherAIRequestOptions { ApiKey = "key-of-this-call" });

        Assert.That(server.Request.Header("Authorization"), Is.EqualTo("Bearer key-of-this-call"));
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Headers_of_a_call_come_over_those_of_the_client(Call call)
    {
        await using var server = Calls.Server();
        using var client = Clients.For(server, options =>
        {
            options.Headers["X-Team"] = "client";
            options.Headers["X-Region"] = "client";
        });

        await client.CompleteAsync(call, new TogetherAIRequestOptions { Headers = { ["x-team"] = "call", ["X-Trace"] = "7" } });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Request.Header("X-Team"), Is.EqualTo("call"));
            Assert.That(server.Request.Header("X-Region"), Is.EqualTo("client"));
            Assert.That(server.Request.Header("X-Trace"), Is.EqualTo("7"));
        }
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task HttpClient_of_a_call_sends_it_and_stays_usable(Call call)
    {
        await using var server = Calls.Server();
        using var handler = new CountingHandler();
        using var httpClient = new HttpClient(handler);
        using (var client = Clients.For(server))
        {
            await client.CompleteAsync(call, new TogetherAIRequestOptions { HttpClient = httpClient });
        }

        await httpClient.PostAsync(server.Url, new StringContent(""));

        Assert.That(handler.Count, Is.EqualTo(2));
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Timeout_of_a_call_replaces_that_of_the_client(Call call, CancellationToken cancellationToken)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var server = RawServer.Start((connection, _, stop) =>
        {
            time.Advance(TimeSpan.FromSeconds(3));
            return connection.WaitForCloseAsync(stop);
        });
        using var client = Clients.For(server, options => options.TimeProvider = time);

        await Assert.ThatAsync(
            () => client.CompleteAsync(call, new TogetherAIRequestOptions { Timeout = TimeSpan.FromSeconds(3) }, cancellationToken),
            Throws.TypeOf<TogetherAITimeoutException>().With.Property("Limit").EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task Client_created_over_an_HttpClient_does_not_dispose_it()
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var httpClient = new HttpClient();
        using (var client = Clients.For(server, httpClient))
        {
            await client.RunAsync(Clients.Request);
        }

        using var response = await httpClient.GetAsync(server.Url);

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task Options_changed_after_the_client_was_created_change_nothing()
    {
        await using var server = RawServer.Answering(Answers.Run);
        var options = Clients.Options(server.Url);
        using var client = new TogetherAIInferenceClient(options);
        options.ApiKey = "another";
        options.Headers["X-Late"] = "1";
        options.BaseUrl = new Uri("http://localhost:9/");

        await client.RunAsync(Clients.Request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Request.Header("Authorization"), Is.EqualTo("Bearer " + Clients.Key));
            Assert.That(server.Request.Header("X-Late"), Is.Null);
        }
    }

    [TestCaseSource(nameof(WrongOptions))]
    public void Option_of_a_call_out_of_bounds_is_refused_by_name(TogetherAIRequestOptions options, string name)
    {
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { ApiKey = Clients.Key });

        Assert.That(
            () => client.StreamAsync(Clients.Request, options),
            Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(name));
    }

    [TestCaseSource(nameof(WrongClientOptions))]
    public void Option_of_a_client_out_of_bounds_is_refused_by_name(TogetherAIOptions options, string name)
        => Assert.That(
            () => new TogetherAIInferenceClient(options),
            Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(name));

#if !NETSTANDARD_CLIENT
    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Stream_asks_the_HTTP_stack_of_a_browser_not_to_wait_for_its_end(Call call)
    {
        await using var server = Calls.Server();
        using var handler = new CountingHandler();
        using var httpClient = new HttpClient(handler);
        using var client = Clients.For(server, httpClient);

        await client.CompleteAsync(call);

        handler.Last!.Options.TryGetValue(new HttpRequestOptionsKey<bool>("WebAssemblyEnableStreamingResponse"), out var isStreaming);
        Assert.That(isStreaming, Is.EqualTo(call != Call.Run));
    }
#endif

    private static IEnumerable<object[]> WrongOptions()
    {
        yield return [new TogetherAIRequestOptions { Timeout = TimeSpan.Zero }, "Timeout"];
        yield return [new TogetherAIRequestOptions { Timeout = TimeSpan.FromSeconds(-2) }, "Timeout"];
        yield return [new TogetherAIRequestOptions { Timeout = TimeSpan.MaxValue }, "Timeout"];
        yield return [new TogetherAIRequestOptions { StreamIdleTimeout = TimeSpan.Zero }, "StreamIdleTimeout"];
        yield return [new TogetherAIRequestOptions { MaxRetries = -1 }, "MaxRetries"];
    }

    private static IEnumerable<object[]> WrongClientOptions()
    {
        yield return [new TogetherAIOptions { Timeout = TimeSpan.Zero }, "Timeout"];
        yield return [new TogetherAIOptions { StreamIdleTimeout = TimeSpan.FromDays(30) }, "StreamIdleTimeout"];
        yield return [new TogetherAIOptions { MaxRetries = -1 }, "MaxRetries"];
        yield return [new TogetherAIOptions { MaxEventBytes = 0 }, "MaxEventBytes"];
        yield return [new TogetherAIOptions { TimeProvider = null! }, "TimeProvider"];
    }

    private sealed class CountingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Count { get; private set; }

        public HttpRequestMessage? Last { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            Last = request;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
