using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>The ways in which a document can ask for the key.</summary>
[CancelAfter(30_000)]
public sealed class AuthenticationTests
{
    private static readonly Dictionary<string, ApiAuthentication> Ways = new()
    {
        ["bearer"] = ApiAuthentication.Bearer,
        ["basic"] = ApiAuthentication.Basic,
        ["header"] = ApiAuthentication.Header("X-Api-Key"),
        ["cookie"] = ApiAuthentication.Cookie("sid"),
        ["query"] = ApiAuthentication.Query("key"),
    };

    [TestCase("bearer", "Authorization", "Bearer a+key-0123456789")]
    [TestCase("basic", "Authorization", "Basic YStrZXktMDEyMzQ1Njc4OQ==")]
    [TestCase("header", "X-Api-Key", "a+key-0123456789")]
    [TestCase("cookie", "Cookie", "sid=a+key-0123456789")]
    public async Task Key_is_sent_in_the_header_of_its_scheme(string way, string header, string value)
    {
        await using var server = RawServer.Answering(Answers.Of(200, "1"));

        await SendAsync(server, way);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Request.Header(header), Is.EqualTo(value));
            Assert.That(server.Request.Header("Authorization") is not null, Is.EqualTo(header == "Authorization"));
            Assert.That(server.Request.Target, Is.EqualTo("/path?a=b"));
        }
    }

    [Test]
    public async Task Key_in_the_query_follows_the_parameters_and_is_escaped()
    {
        await using var server = RawServer.Answering(Answers.Of(200, "1"));

        await SendAsync(server, "query");

        Assert.That(server.Request.Target, Is.EqualTo("/path?a=b&key=a%2Bkey-0123456789"));
        Assert.That(server.Request.Header("Authorization"), Is.Null);
    }

    [TestCase("bearer")]
    [TestCase("basic")]
    [TestCase("header")]
    [TestCase("cookie")]
    [TestCase("query")]
    public async Task Key_that_the_server_repeats_is_masked(string way)
    {
        await using var server = RawServer.Start((connection, request, stop) => connection.SendAsync(
            Answers.Of(401, $"{{\"error\":\"no: {request.Target} {request.HeaderText.ReplaceLineEndings(" ").Replace("\"", "", StringComparison.Ordinal)}\"}}"), stop));

        var exception = (await Assert.ThrowsAsync<TogetherAIAuthenticationException>(() => SendAsync(server, way)))!;

        Assert.That(exception.ToString(), Does.Contain("no: /path").And.Not.Contain("key-0123456789").And.Not.Contain("YStrZXktMDEyMzQ1Njc4OQ"));
        Assert.That(exception.ResponseBody, Does.Not.Contain("key-0123456789").And.Not.Contain("YStrZXktMDEyMzQ1Njc4OQ"));
    }

    private static async Task SendAsync(RawServer server, string way)
    {
        using var pipeline = ApiPipeline.Create(Clients.Options(server.Url, options => options.ApiKey = "a+key-0123456789"));
        var operation = new ApiOperation("GET", "path", authentication: Ways[way]);
        await pipeline.SendAsync<int>(new ApiCall(operation, NoHooks.Instance, options: null).Query("a", "b"), CancellationToken.None);
    }
}
