using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>Where a key may go.</summary>
[CancelAfter(30_000)]
public sealed class SecurityTests
{
    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Redirect_is_not_followed_and_the_key_goes_nowhere_else(Call call)
    {
        await using var elsewhere = Calls.Server();
        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            await using var server = RawServer.Answering(Answers.Empty(status, $"Location: {elsewhere.Url}inference\r\n"));
            using var client = Clients.For(server);

            await Assert.ThatAsync(
                () => client.CompleteAsync(call),
                Throws.TypeOf<TogetherAIException>().With.Message.Contains("Redirects are not followed"));
        }

        Assert.That(elsewhere.ConnectionCount, Is.Zero);
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Key_over_plain_http_to_another_host_is_refused_before_any_network(Call call)
    {
        using var client = new TogetherAIInferenceClient(Clients.Options(new Uri("http://example.invalid/"), options => options.MaxRetries = 2));

        await Assert.ThatAsync(
            () => client.CompleteAsync(call),
            Throws.InvalidOperationException
                .With.Message.Contains("AllowInsecureHttp")
                .And.Property("Message").Not.Contains(Clients.Key));
    }

    [TestCase("Authorization")]
    [TestCase("X-Api-Key")]
    [TestCase("Cookie")]
    [TestCase("X-Auth")]
    [TestCase("X-Gateway-Token")]
    [TestCase("X-Client-Secret")]
    public async Task Header_that_carries_a_secret_over_plain_http_is_refused_too(string header)
    {
        using var client = new TogetherAIInferenceClient(Clients.Options(new Uri("http://example.invalid/"), options => options.ApiKey = ""));
        var perCall = new TogetherAIRequestOptions { Headers = { [header] = "hidden" } };

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request, perCall),
            Throws.InvalidOperationException.With.Message.Contains("AllowInsecureHttp").And.Message.Not.Contains("hidden"));
    }

    [TestCase("Idempotency-Key")]
    [TestCase("idempotency-key")]
    [TestCase("X-Idempotency-Key")]
    [TestCase("Idempotency_Key")]
    public async Task Key_of_idempotency_is_no_secret(string header)
    {
        await using var server = RawServer.Answering(Answers.Of(409, "{\"error\":\"The key order-0123456789 was used.\"}"));
        using var client = Clients.For(server);
        using var unprotected = new TogetherAIInferenceClient(Clients.Options(new Uri("http://example.invalid/"), options => options.ApiKey = ""));
        var perCall = new TogetherAIRequestOptions { Headers = { [header] = "order-0123456789" } };

        var repeated = await Failures.Of<TogetherAIException>(() => client.RunAsync(Clients.Request, perCall));
        var sent = await Failures.Of<TogetherAIConnectionException>(() => unprotected.RunAsync(Clients.Request, perCall));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(repeated.ServerMessage, Is.EqualTo("The key order-0123456789 was used."));
            Assert.That(sent.Attempts, Is.EqualTo(1), "it was tried");
        }
    }

    [Test]
    public async Task Secret_header_of_the_HttpClient_over_plain_http_is_refused_too()
    {
        using var httpClient = new HttpClient { DefaultRequestHeaders = { { "Authorization", "Bearer hidden" } } };
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(new Uri("http://example.invalid/"), options => options.ApiKey = ""));

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request),
            Throws.InvalidOperationException.With.Message.Contains("AllowInsecureHttp"));
    }

    [TestCase(true, Clients.Key)]
    [TestCase(false, "")]
    public async Task Plain_http_is_allowed_by_choice_or_without_a_secret(bool allow, string key)
    {
        using var client = new TogetherAIInferenceClient(Clients.Options(new Uri("http://example.invalid/"), options =>
        {
            options.AllowInsecureHttp = allow;
            options.ApiKey = key;
        }));

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request),
            Throws.TypeOf<TogetherAIConnectionException>().With.Message.Contains("could not be resolved").And.Property("Attempts").EqualTo(1));
    }

    [TestCase("localhost")]
    [TestCase("127.0.0.1")]
    public async Task Key_over_plain_http_to_this_machine_is_sent(string host)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server, options => options.BaseUrl = new Uri($"http://{host}:{server.Port}/"));

        await client.RunAsync(Clients.Request);

        Assert.That(server.Request.Header("Authorization"), Is.EqualTo("Bearer " + Clients.Key));
    }
}
