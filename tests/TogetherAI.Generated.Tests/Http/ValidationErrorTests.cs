using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>What is wrong with options is found before a client is created, all at once.</summary>
public sealed class ValidationErrorTests
{
    [Test]
    public void Options_that_are_valid_have_no_errors()
        => Assert.That(new TogetherAIOptions { ApiKey = Clients.Key }.GetValidationErrors(), Is.Empty);

    [Test]
    public void Every_invalid_option_has_its_error()
    {
        var options = new TogetherAIOptions
        {
            ApiKey = Clients.Key,
            ApiKeyProvider = static _ => new ValueTask<string>("key"),
            BaseUrl = new Uri("/v1", UriKind.Relative),
            Timeout = TimeSpan.Zero,
            StreamIdleTimeout = TimeSpan.FromDays(30),
            FirstEventTimeout = TimeSpan.FromSeconds(-1),
            MaxRetries = -1,
            MaxEventBytes = 0,
            MaxResponseBytes = 0,
            MaxErrorResponseBytes = 0,
            TimeProvider = null!,
        };

        var errors = options.GetValidationErrors();

        Assert.That(errors, Is.EqualTo(new[]
        {
            "ApiKey and ApiKeyProvider are both set. Set one of them.",
            "BaseUrl must be an absolute http or https address.",
            "Timeout must be positive and at most 24 days, or Timeout.InfiniteTimeSpan.",
            "StreamIdleTimeout must be positive and at most 24 days, or Timeout.InfiniteTimeSpan.",
            "FirstEventTimeout must be positive and at most 24 days, or Timeout.InfiniteTimeSpan.",
            "MaxRetries must not be negative.",
            "MaxEventBytes must be at least 1.",
            "MaxResponseBytes must be at least 1.",
            "MaxErrorResponseBytes must be at least 1.",
            "TimeProvider must not be null.",
        }));
    }

    [Test]
    public void Key_that_is_missing_is_an_error_only_where_one_is_required()
    {
        using var key = EnvironmentVariable.Set("TOGETHER_API_KEY", null);
        using var address = EnvironmentVariable.Set("TOGETHER_BASE_URL", null);
        using var authorized = new HttpClient();
        authorized.DefaultRequestHeaders.Authorization = new("Bearer", Clients.Key);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new TogetherAIOptions().GetValidationErrors(), Has.One.StartsWith("No API key."));
            Assert.That(new TogetherAIOptions { BaseUrl = new Uri("http://localhost:5000") }.GetValidationErrors(), Is.Empty);
            Assert.That(new TogetherAIOptions { ApiKeyProvider = static _ => new ValueTask<string>("") }.GetValidationErrors(), Is.Empty);
            Assert.That(new TogetherAIOptions().GetValidationErrors(authorized), Is.Empty);
        }
    }

    [Test]
    public void Secret_that_cannot_be_sent_is_never_part_of_the_error()
    {
        var key = new TogetherAIOptions { ApiKey = "secret\nkey" };
        var header = new TogetherAIOptions { ApiKey = Clients.Key, Headers = { ["X-Token"] = "secret\nvalue" } };
        var http = new TogetherAIOptions { ApiKey = Clients.Key, BaseUrl = new Uri("http://user:secret@example.com/?token=secret") };

        var errors = new[] { key, header, http }.Select(static options => options.GetValidationErrors().Single()).ToList();

        Assert.That(errors[0], Does.StartWith("The API key contains a character"));
        Assert.That(errors[1], Does.StartWith("The value of the header X-Token"));
        Assert.That(errors[2], Does.StartWith("An API key would be sent unencrypted to http://example.com/"));
        Assert.That(errors, Has.None.Contains("secret").And.None.Contains(Clients.Key));
    }
}
