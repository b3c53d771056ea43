using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Errors;

/// <summary>What the message of a failure advises is what helps: the code of the server says more than the status.</summary>
[CancelAfter(30_000)]
public sealed class AdviceTests
{
    [TestCase(403, """{"error":{"code":"third_party_data_sharing_blocked","message":"Blocked."}}""", "third_party_data_sharing_blocked", "data sharing", "does not have permission")]
    [TestCase(403, """{"error":{"message":"tokens + max_new_tokens must be <= 4097","code":"context_length_exceeded"}}""", "context_length_exceeded", "max_tokens", "does not have permission")]
    [TestCase(403, """{"error":{"message":"tokens + max_new_tokens must be <= 4097","type":"invalid_request_error"}}""", null, "max_tokens", "Check the API key")]
    [TestCase(403, "{}", null, "max_tokens", "Check the API key")]
    [TestCase(503, """{"error":{"message":"Gone.","code":"model_not_available"}}""", "model_not_available", "another model", "later")]
    [TestCase(404, """{"error":{"message":"Gone.","code":"model_not_available"}}""", "model_not_available", "another model", "URL")]
    [TestCase(400, """{"error":{"message":"Not serverless.","code":"model_not_available"}}""", "model_not_available", "another model", "later")]
    [TestCase(503, """{"error":{"message":"Stopped.","code":"endpoint_not_ready"}}""", "endpoint_not_ready", "Start the endpoint", "later")]
    [TestCase(503, """{"error":{"message":"Busy."}}""", null, "later", "another model")]
    [TestCase(429, """{"error":{"message":"No credit.","type":"credit_limit"}}""", null, "credit", "fewer requests")]
    public async Task Advice_follows_the_code_of_the_server(int status, string body, string? code, string advice, string misleading)
    {
        await using var server = RawServer.Answering(Answers.Of(status, body));
        using var client = Clients.For(server);

        foreach (var call in Calls.All)
        {
            var exception = await Failures.Of<TogetherAIException>(() => client.CompleteAsync(call));

            using (Assert.EnterMultipleScope())
            {
                Assert.That(exception.ErrorCode, Is.EqualTo(code));
                Assert.That(exception.Message, Does.Contain(advice).And.Not.Contain(misleading));
            }
        }
    }
}
