using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Errors;

/// <summary>A server that repeats the key it refuses, in whatever form, does not get it into an exception.</summary>
[CancelAfter(30_000)]
public sealed class SecretTests
{
    private const string Key = "c2VjcmV0/a2V5+d2l0aA==\"quote";

    private static readonly string[] Forms =
    [
        Key.Replace("\"", "\\\""),
        "c2VjcmV0\\/a2V5+d2l0aA==\\\"quote",
        "c2VjcmV0/a2V5\\u002Bd2l0aA\\u003d\\u003D\\u0022quote",
        "c2VjcmV0\\\\/a2V5\\\\u002bd2l0aA==\\\\\\\"quote",
    ];

    [TestCaseSource(nameof(Forms))]
    public async Task Key_in_an_error_body_is_masked_everywhere(string form)
    {
        await using var server = RawServer.Answering(Answers.Of(401, $$$"""{"error":{"message":"Invalid key {{{form}}} given","code":"{{{form}}}"}}"""));
        using var client = Clients.For(server, options => options.ApiKey = Key);

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => client.RunAsync(Clients.Request));

        AssertHidden(exception);
        Assert.That(exception.ServerMessage, Is.EqualTo("Invalid key *** given"));
    }

    [TestCaseSource(nameof(Forms))]
    public async Task Key_in_an_event_is_masked_everywhere(string form)
    {
        await using var server = RawServer.Streaming(
            Frames.Data($$$"""{"error":{"message":"Invalid key {{{form}}} given"}}"""));
        using var client = Clients.For(server, options => options.ApiKey = Key);

        AssertHidden(await Failures.Of<TogetherAIStreamException>(() => client.CompleteAsync(Call.Stream)));
    }

    [TestCaseSource(nameof(Forms))]
    public async Task Key_in_a_malformed_event_is_masked_everywhere(string form)
    {
        await using var server = RawServer.Streaming(Frames.Data($$$"""{"choices":"{{{form}}}","""));
        using var client = Clients.For(server, options => options.ApiKey = Key);

        AssertHidden(await Failures.Of<TogetherAIStreamException>(() => client.CompleteAsync(Call.StreamTokens)));
    }

    [TestCase("pass word/9")]
    [TestCase("pass%20word%2F9")]
    [TestCase("pass%20word%2f9")]
    [TestCase("pass+word%2f9")]
    [TestCase("%70ass%20word/%39")]
    public async Task Secret_of_an_address_is_masked_however_it_is_escaped(string form)
    {
        await using var server = RawServer.Answering(Answers.Of(400, $$$"""{"error":{"message":"No user for {{{form}}} here"}}"""));
        using var client = Clients.For(server, options => options.BaseUrl = new UriBuilder(server.Url) { UserName = "someone", Password = "pass%20word%2F9" }.Uri);

        var exception = await Failures.Of<TogetherAIInvalidRequestException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception.ToString(), Does.Contain("No user for *** here").And.Not.Contain(form));
    }

    [Test]
    public async Task Authorization_of_the_HttpClient_is_masked_too()
    {
        await using var server = RawServer.Answering(Answers.Of(401, """{"error":"Invalid key client-secret-123 given"}"""));
        using var httpClient = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", "client-secret-123") } };
        using var client = Clients.For(server, httpClient, options => options.ApiKey = null);

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception.ToString(), Does.Contain("Invalid key *** given").And.Not.Contain("client-secret"));
    }

    [TestCase("sk-0123456789\\u00")]
    [TestCase("sk-0123456789\\")]
    [TestCase("sk-01234")]
    public async Task Key_that_is_cut_off_is_masked_from_eight_characters_on(string end)
    {
        await using var server = RawServer.Answering(Answers.Of(401, "bad key " + end, "text/plain"));
        using var client = Clients.For(server, options => options.ApiKey = "sk-0123456789/abcdef");

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception.ResponseBody, Is.EqualTo("bad key ***"));
    }

    [Test, NonParallelizable]
    public async Task Long_secret_and_a_body_of_backslashes_take_no_more_than_they_have()
    {
        var key = string.Concat(Enumerable.Repeat("c2VjcmV0/a2V5+", 1000));
        await using var server = RawServer.Answering(Answers.Of(401, new string('\\', 60_000) + key, "text/plain"));
        using var client = Clients.For(server, options => options.ApiKey = key);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception.ResponseBody, Does.EndWith("\\***"));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(20_000_000));
    }

    [Test]
    public async Task Key_of_which_only_the_beginning_is_kept_is_masked()
    {
        var body = new string('x', (64 * 1024) - 12) + Key;
        await using var server = RawServer.Answering(Answers.Of(401, body, "text/plain"));
        using var client = Clients.For(server, options => options.ApiKey = Key);

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception.ResponseBody, Does.EndWith("xxx***"));
    }

    private static void AssertHidden(TogetherAIException exception)
    {
        foreach (var text in new[] { exception.Message, exception.ToString(), exception.ResponseBody ?? "", exception.ServerMessage ?? "", exception.ErrorCode ?? "" })
        {
            Assert.That(text, Does.Not.Contain("2VjcmV0").And.Not.Contain("d2l0aA"));
        }
    }
}
