using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

[CancelAfter(30_000)]
public sealed class AddressTests
{
    private const string Variable = "TOGETHER_BASE_URL";

    [TestCase("")]
    [TestCase("/")]
    [TestCase("/v1", "/v1")]
    [TestCase("/v1/", "/v1")]
    [TestCase("/a%20gate%2Fway/v1", "/a%20gate%2Fway/v1")]
    public async Task BaseUrl_with_or_without_a_slash_at_its_end_is_joined_with_one(string path, string prefix = "")
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server, options => options.BaseUrl = new Uri($"http://localhost:{server.Port}{path}"));

        await client.RunAsync(Clients.Request);

        Assert.That(server.Request.Target, Is.EqualTo(prefix + "/inference"));
    }

    [TestCase("")]
    [TestCase("/")]
    [TestCase("/v1", "/v1")]
    [TestCase("/v1/", "/v1")]
    public async Task BaseAddress_of_the_HttpClient_is_the_default_for_BaseUrl(string path, string prefix = "")
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var httpClient = new HttpClient { BaseAddress = new Uri($"http://localhost:{server.Port}{path}") };
        using var client = new TogetherAIInferenceClient(httpClient, new TogetherAIOptions { ApiKey = Clients.Key });

        await client.RunAsync(Clients.Request);

        Assert.That(server.Request.Target, Is.EqualTo(prefix + "/inference"));
    }

    [TestCase("/v1", "/v1/models")]
    [TestCase("/v1/", "/v1/models")]
    [TestCase("/v2", "/v1/models")]
    [TestCase("/gateway/v1", "/gateway/v1/models")]
    [TestCase("/v1beta", "/v1beta/v1/models")]
    [TestCase("/v1/gateway", "/v1/gateway/v1/models")]
    public async Task BaseUrl_that_ends_in_a_version_has_it_once(string path, string target)
    {
        await using var server = RawServer.Answering(Answers.Of(200, "[]"));
        var url = new Uri($"http://localhost:{server.Port}{path}");
        using var client = new TogetherAIModelsClient(new TogetherAIOptions { ApiKey = Clients.Key, BaseUrl = url });

        await client.ListAsync();

        Assert.That(server.Request.Target, Is.EqualTo(target));
    }

    [Test, NonParallelizable]
    public async Task BaseUrl_unset_is_taken_from_the_environment()
    {
        await using var server = RawServer.Answering(Answers.Of(200, "[]"));

        using (WithVariable($" http://localhost:{server.Port}/v1\n"))
        {
            using var client = new TogetherAIModelsClient(new TogetherAIOptions { ApiKey = Clients.Key });
            await client.ListAsync();
        }

        Assert.That(server.Request.Target, Is.EqualTo("/v1/models"));
    }

    [Test, NonParallelizable]
    public async Task BaseAddress_of_the_HttpClient_wins_over_the_environment()
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var httpClient = new HttpClient { BaseAddress = server.Url };

        using (WithVariable("http://localhost:9/"))
        {
            using var client = new TogetherAIInferenceClient(httpClient, new TogetherAIOptions { ApiKey = Clients.Key });
            await client.RunAsync(Clients.Request);
        }

        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("localhost:8080"), NonParallelizable]
    [TestCase("/v1")]
    [TestCase("nonsense")]
    [TestCase("http://")]
    [TestCase("http://a b/")]
    [TestCase("https://h:99999/")]
    public void BaseUrl_of_the_environment_that_is_no_address_is_refused_by_its_name(string value)
    {
        using (WithVariable(value))
        {
            Assert.That(
                () => new TogetherAIInferenceClient(),
                Throws.TypeOf<ArgumentException>().With.Property("ParamName").EqualTo(Variable));
        }
    }

    [TestCase("?code=a%2Fb&x=", null, "/v1/models?code=a%2Fb&x=")]
    [TestCase("/gateway?code=a", true, "/gateway/v1/models?dedicated=true&code=a")]
    [TestCase("?", true, "/v1/models?dedicated=true")]
    [TestCase("?code=a#part", null, "/v1/models?code=a")]
    public async Task BaseUrl_with_a_query_sends_it_with_every_call(string end, bool? dedicated, string target)
    {
        await using var server = RawServer.Answering(Answers.Of(200, "[]"));
        var url = new Uri($"http://localhost:{server.Port}{end}");
        using var client = new TogetherAIModelsClient(new TogetherAIOptions { ApiKey = Clients.Key, BaseUrl = url });

        await client.ListAsync(new ModelListRequest { Dedicated = dedicated });

        Assert.That(server.Request.Target, Is.EqualTo(target));
    }

    [Test]
    public async Task BaseUrl_set_in_the_options_wins_over_the_base_address_of_the_HttpClient()
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var httpClient = new HttpClient { BaseAddress = new Uri("http://localhost:9/") };
        using var client = Clients.For(server, httpClient);

        await client.RunAsync(Clients.Request);

        Assert.That(server.Request.Target, Is.EqualTo("/inference"));
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task ApiUrl_with_path_and_query_is_used_exactly_as_given(Call call)
    {
        await using var server = Calls.Server();
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { ApiKey = Clients.Key });
        var url = new Uri($"http://localhost:{server.Port}/proxy/run?tenant=a%2Fb&x=");

        await client.CompleteAsync(call, new TogetherAIRequestOptions { ApiUrl = url });

        Assert.That(server.Request.Target, Is.EqualTo("/proxy/run?tenant=a%2Fb&x="));
    }

    [TestCase("/run")]
    [TestCase("/run/")]
    public async Task ApiUrl_gets_no_slash_and_loses_none(string path)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server);

        await client.RunAsync(Clients.Request, new TogetherAIRequestOptions { ApiUrl = new Uri(server.Url, path) });

        Assert.That(server.Request.Target, Is.EqualTo(path));
    }

    [TestCase("relative/path", UriKind.Relative)]
    [TestCase("ftp://localhost/", UriKind.Absolute)]
    [TestCase("file:///etc/hosts", UriKind.Absolute)]
    public void ApiUrl_that_is_not_an_http_address_is_refused_at_the_call(string url, UriKind kind)
    {
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { ApiKey = Clients.Key });
        var options = new TogetherAIRequestOptions { ApiUrl = new Uri(url, kind) };

        Assert.That(
            () => client.StreamTokensAsync(Clients.Request, options),
            Throws.TypeOf<ArgumentException>().With.Property("ParamName").EqualTo("ApiUrl"));
    }

    [Test]
    public void BaseUrl_that_is_not_absolute_is_refused_when_the_client_is_created()
        => Assert.That(
            () => new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = new Uri("v1", UriKind.Relative) }),
            Throws.TypeOf<ArgumentException>().With.Property("ParamName").EqualTo("BaseUrl"));

    [Test]
    public void BaseUrl_that_nobody_has_set_is_null()
        => Assert.That(new TogetherAIOptions().BaseUrl, Is.Null);

    [Test, NonParallelizable]
    public async Task Address_by_default_is_the_server_that_the_document_names_for_the_path()
    {
        using var unset = WithVariable(null);
        using var handler = new RefusingHandler();
        using var httpClient = new HttpClient(handler);
        using var client = new TogetherAIClient(httpClient, new TogetherAIOptions { ApiKey = Clients.Key });

        await Assert.ThatAsync(() => client.Inference.RunAsync(Clients.Request), Throws.InstanceOf<TogetherAIException>());
        await Assert.ThatAsync(() => client.Inference.StreamTokensAsync(Clients.Request).ToListAsync().AsTask(), Throws.InstanceOf<TogetherAIException>());
        await Assert.ThatAsync(() => client.Models.ListAsync(), Throws.InstanceOf<TogetherAIException>());
        await Assert.ThatAsync(() => client.Videos.RetrieveAsync("a"), Throws.InstanceOf<TogetherAIException>());

        Assert.That(handler.Addresses, Is.EqualTo(new[]
        {
            "https://api.together.xyz/inference", "https://api.together.xyz/inference", "https://api.together.ai/v1/models", "https://api.together.ai/v2/videos/a",
        }));
    }

    [Test]
    public async Task Address_with_user_information_and_query_shows_neither_in_an_exception()
    {
        await using var server = RawServer.Answering(Answers.Empty(404));
        using var client = Clients.For(server);
        var url = new Uri($"http://someone:hidden-password@localhost:{server.Port}/run?sig=hidden-signature");

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request, new TogetherAIRequestOptions { ApiUrl = url }),
            Throws.TypeOf<TogetherAINotFoundException>()
                .With.Message.Contains($"http://localhost:{server.Port}/run ")
                .And.Property("Message").Not.Contains("hidden"));
    }

    private static EnvironmentVariable WithVariable(string? value) => EnvironmentVariable.Set(Variable, value);

    /// <summary>Goes nowhere, but keeps where it was to go.</summary>
    private sealed class RefusingHandler : HttpMessageHandler
    {
        public List<string> Addresses { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Addresses.Add(request.RequestUri!.AbsoluteUri);
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NotFound));
        }
    }
}
