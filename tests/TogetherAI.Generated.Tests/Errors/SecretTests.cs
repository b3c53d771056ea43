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
