using System.Diagnostics;
using System.Reflection;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

[CancelAfter(30_000)]
public sealed class ApiKeyTests
{
    private const string Variable = "TOGETHER_API_KEY";

    [Test, NonParallelizable]
    public async Task ApiKey_unset_is_taken_from_the_environment_without_white_space()
    {
        await using var server = RawServer.Answering(Answers.Run);

        using (WithVariable(" key-of-the-environment\n"))
        {
            using var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = server.Url });
            await client.RunAsync(Clients.Request);
        }

        Assert.That(server.Request.Header("Authorization"), Is.EqualTo("Bearer key-of-the-environment"));
    }

    [Test, NonParallelizable]
    public async Task Authorization_of_the_HttpClient_wins_over_the_environment_but_not_over_ApiKey([Values] bool hasKey)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var httpClient = new HttpClient { DefaultRequestHeaders = { Authorization = new("Basic", "mine") } };

        using (WithVariable("key-of-the-environment"))
        {
            using var client = new TogetherAIInferenceClient(httpClient, new TogetherAIOptions { BaseUrl = server.Url, ApiKey = hasKey ? "key" : null });
            await client.RunAsync(Clients.Request);
        }

        Assert.That(server.Request.Header("Authorization"), Is.EqualTo(hasKey ? "Bearer key" : "Basic mine"));
    }

    [TestCase(null), NonParallelizable]
    [TestCase("")]
    [TestCase("  ")]
    public async Task No_key_and_a_custom_address_sends_no_authorization(string? key)
    {
        await using var server = RawServer.Answering(Answers.Run);

        using (WithVariable(null))
        {
            using var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = key });
            await client.RunAsync(Clients.Request);
        }

        Assert.That(server.Request.Header("Authorization"), Is.Null);
    }

    [Test, NonParallelizable, TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task No_key_for_Togethers_host_fails_before_anything_is_sent(Call call)
    {
        using var httpClient = new HttpClient(new UnreachableHandler());
        using (WithVariable(null))
        {
            using var client = new TogetherAIInferenceClient(httpClient);

            await Assert.ThatAsync(
                () => client.CompleteAsync(call),
                Throws.TypeOf<TogetherAIAuthenticationException>()
                    .With.Message.Contains(Variable)
                    .And.Property("Attempts").EqualTo(0));
        }
    }

    [TestCase("https://api.together.ai/"), NonParallelizable]
    [TestCase("https://api.together.xyz/")]
    [TestCase("https://api-inference.together.ai/v1")]
    public async Task No_key_for_any_host_of_Together_fails_before_anything_is_sent(string address)
    {
        using var httpClient = new HttpClient(new UnreachableHandler());
        using (WithVariable(null))
        {
            using var client = new TogetherAIClient(httpClient, new TogetherAIOptions { BaseUrl = new Uri(address) });

            await Assert.ThatAsync(() => client.Models.ListAsync(), Throws.TypeOf<TogetherAIAuthenticationException>().With.Property("Attempts").EqualTo(0));
        }
    }

    [Test, NonParallelizable]
    public async Task Authorization_header_instead_of_a_key_is_enough_for_Togethers_host()
    {
        using var handler = new UnreachableHandler();
        using var httpClient = new HttpClient(handler);
        using (WithVariable(null))
        {
            using var client = new TogetherAIInferenceClient(httpClient, new TogetherAIOptions { MaxRetries = 0 });
            var options = new TogetherAIRequestOptions { Headers = { ["Authorization"] = "Bearer mine" } };

            await Assert.ThatAsync(
                () => client.RunAsync(Clients.Request, options),
                Throws.TypeOf<TogetherAIConnectionException>().With.Property("Attempts").EqualTo(1));
        }
    }

    [TestCaseSource(nameof(KeysThatNoHeaderMayCarry))]
    public async Task Key_that_no_header_may_carry_is_refused_without_being_quoted(string key)
    {
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { ApiKey = key });

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request),
            Throws.TypeOf<ArgumentException>().With.Message.Not.Contains("hidden"));
    }

    [TestCase(typeof(TogetherAIOptions))]
    [TestCase(typeof(TogetherAIRequestOptions))]
    public void Options_show_no_secret_to_a_debugger_or_in_their_text(Type type)
    {
        var options = Activator.CreateInstance(type)!;
        type.GetProperty("ApiKey")!.SetValue(options, Clients.Key);

        var hidden = new[] { "ApiKey", "Headers" }.Select(name => type.GetProperty(name)!.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.ToString(), Does.Not.Contain(Clients.Key));
            Assert.That(type.GetCustomAttribute<DebuggerDisplayAttribute>(), Is.Null);
            Assert.That(hidden, Is.All.EqualTo(DebuggerBrowsableState.Never));
        }
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Key_that_the_server_repeats_is_masked_everywhere(Call call)
    {
        var body = $$$"""{"error":{"message":"Incorrect API key: {{{Clients.Key}}}, header hidden-header-value","code":"invalid_api_key"}}""";
        await using var server = RawServer.Answering(Answers.Of(401, body));
        using var client = Clients.For(server, options => options.Headers["X-Gateway-Token"] = "hidden-header-value");

        var exception = await Failure(() => client.CompleteAsync(call));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception, Is.TypeOf<TogetherAIAuthenticationException>());
            Assert.That(exception.ToString(), Does.Not.Contain(Clients.Key).And.Not.Contain("hidden-header-value"));
            Assert.That(exception.ServerMessage, Is.EqualTo("Incorrect API key: ***, header ***"));
            Assert.That(exception.ResponseBody, Does.Contain("***").And.Not.Contain(Clients.Key));
        }
    }

    [TestCase(Call.Stream)]
    [TestCase(Call.StreamTokens)]
    public async Task Key_that_a_stream_repeats_is_masked_in_its_failure(Call call)
    {
        await using var broken = RawServer.Streaming(Frames.Data("no json but " + Clients.Key));
        await using var failing = RawServer.Streaming(Frames.Data($$"""{"error":"bad key {{Clients.Key}}"}"""));
        await using var page = RawServer.Answering(Answers.Of(200, "<p>" + Clients.Key, "text/html"));

        foreach (var server in new[] { broken, failing, page })
        {
            using var client = Clients.For(server);
            var exception = await Failure(() => client.CompleteAsync(call));

            Assert.That(exception + exception.ResponseBody, Does.Contain("***").And.Not.Contain(Clients.Key));
        }
    }

    [Test]
    public async Task Key_that_a_run_repeats_is_masked_in_its_failure()
    {
        await using var server = RawServer.Answering(
            Answers.Of(200, $$$"""{"output":{"error":"bad key {{{Clients.Key}}}"}}"""),
            Answers.Of(200, "no json but " + Clients.Key));
        using var client = Clients.For(server);

        var failed = await Failure(() => client.RunAsync(Clients.Request));
        var unreadable = await Failure(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failed + failed.ResponseBody, Does.Contain("***").And.Not.Contain(Clients.Key));
            Assert.That(unreadable + unreadable.ResponseBody, Does.Contain("***").And.Not.Contain(Clients.Key));
        }
    }

    private static async Task<TogetherAIException> Failure(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (TogetherAIException exception)
        {
            return exception;
        }

        throw new AssertionException("The call did not fail.");
    }

    private static IEnumerable<string> KeysThatNoHeaderMayCarry() => ["hidden\n", "hidden\r\nX: 1", "hidden-clé"];

    private static EnvironmentVariable WithVariable(string? value) => EnvironmentVariable.Set(Variable, value);

    private sealed class UnreachableHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => throw new HttpRequestException("This test has no network.");
    }
}
