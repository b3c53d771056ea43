using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>A key that is asked for before each attempt.</summary>
[CancelAfter(30_000)]
public sealed class ApiKeyProviderTests
{
    [Test]
    public async Task Provider_is_asked_for_each_attempt([Values] bool isOfCall, [Values] Way way, CancellationToken cancellationToken)
    {
        var count = 0;
        Func<CancellationToken, ValueTask<string>> provider = _ => new ValueTask<string>($"rotating-key-{++count}");
        await using var server = RawServer.Answering(Answers.Empty(503), Answers.Of(401, $"{{\"error\":\"Bad key rotating-key-2\"}}"));
        using var client = new TogetherAIClient(Clients.Options(server.Url, options =>
        {
            options.MaxRetries = 1;
            options.TimeProvider = new InstantTime();
            options.ApiKey = isOfCall ? "another" : null;
            options.ApiKeyProvider = isOfCall ? null : provider;
        }));

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => client.CompleteAsync(way, new TogetherAIRequestOptions { ApiKeyProvider = isOfCall ? provider : null }, cancellationToken));

        Assert.That(server.Requests.Select(static request => request.Header("Authorization")), Is.EqualTo(new[] { "Bearer rotating-key-1", "Bearer rotating-key-2" }));
        Assert.That(exception.ToString(), Does.Contain("***").And.Not.Contain("rotating-key"));
    }

    [Test]
    public async Task Key_of_a_call_wins_over_the_provider_of_the_client(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server, static options =>
        {
            options.ApiKey = null;
            options.ApiKeyProvider = static _ => throw new InvalidOperationException("It is not asked.");
        });

        await client.RunAsync(Clients.Request, new TogetherAIRequestOptions { ApiKey = "of-the-call" }, cancellationToken);

        Assert.That(server.Request.Header("Authorization"), Is.EqualTo("Bearer of-the-call"));
    }

    [Test]
    public async Task Provider_that_fails_is_an_authentication_failure_before_anything_is_sent(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server, static options =>
        {
            options.ApiKey = null;
            options.ApiKeyProvider = static _ => throw new HttpRequestException("The vault is away.");
        });

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => client.RunAsync(Clients.Request, cancellationToken: cancellationToken));

        Assert.That(exception.InnerException!.Message, Is.EqualTo("The vault is away."));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task Provider_that_gives_a_key_no_header_may_carry_is_an_authentication_failure(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server, static options =>
        {
            options.ApiKey = null;
            options.ApiKeyProvider = static _ => new ValueTask<string>("key\nwith a line break");
        });

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => client.RunAsync(Clients.Request, cancellationToken: cancellationToken));

        Assert.That(exception.ToString(), Does.Contain("line break").And.Not.Contain("with a line"));
    }

    [Test]
    public void Key_and_provider_beside_each_other_are_refused()
    {
        Func<CancellationToken, ValueTask<string>> provider = static _ => new ValueTask<string>("key");
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { ApiKey = "key" });

        Assert.That(() => new TogetherAIClient(new TogetherAIOptions { ApiKey = "key", ApiKeyProvider = provider }), Throws.ArgumentException.With.Message.Contains("ApiKeyProvider"));
        Assert.That(() => client.RunAsync(Clients.Request, new TogetherAIRequestOptions { ApiKey = "key", ApiKeyProvider = provider }), Throws.ArgumentException.With.Message.Contains("ApiKeyProvider"));
    }

    [Test]
    public void Provider_counts_as_a_key_where_it_would_be_sent_in_the_clear()
    {
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = new Uri("http://example.com/"), ApiKeyProvider = static _ => new ValueTask<string>("key") });

        Assert.That(() => client.RunAsync(Clients.Request), Throws.InvalidOperationException.With.Message.Contains("unencrypted"));
    }
}
