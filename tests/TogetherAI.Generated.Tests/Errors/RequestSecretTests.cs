using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Errors;

/// <summary>Fields of a request that the document marks as secret are masked as the key is.</summary>
[CancelAfter(30_000)]
public sealed class RequestSecretTests
{
    private const string Secret = "hf_0123456789/abc+def=";

    private static IEnumerable<TestCaseData> Requests
    {
        get
        {
            yield return new TestCaseData(new ModelUploadRequest { ModelName = "m", ModelSource = "org/m", HuggingFaceToken = Secret }).SetArgDisplayNames("property");
            yield return new TestCaseData(new ModelUploadRequest { ModelName = "m", ModelSource = "org/m", AdditionalProperties = { ["hf_token"] = Secret } }).SetArgDisplayNames("additional property");
        }
    }

    [TestCaseSource(nameof(Requests))]
    public async Task Secret_that_the_server_repeats_is_masked_everywhere(ModelUploadRequest request)
    {
        var answers = new[]
        {
            Answers.Of(400, $$$"""{"error":{"message":"No access with {{{Secret}}} here","code":"{{{Secret}}}"}}""", headers: $"x-request-id: {Secret}\r\n"),
            Answers.Of(500, "No access with hf_0123456789%2Fabc%2Bdef%3D here", "text/plain"),
            Answers.Of(200, $$$"""{"error":"No access with {{{Secret}}} here"}"""),
        };
        foreach (var answer in answers)
        {
            await using var server = RawServer.Answering(answer);
            using var client = new TogetherAIClient(Clients.Options(server.Url));

            var exception = await Failures.Of<TogetherAIException>(() => client.Models.UploadAsync(request));

            Assert.That(Reflected.TextsOf(exception), Has.None.Contains("0123456789"));
            Assert.That(exception.ToString(), Does.Contain("***"));
        }
    }

    [TestCaseSource(nameof(Requests))]
    public async Task Secret_in_what_a_handler_throws_is_masked(ModelUploadRequest request)
    {
        using var httpClient = new HttpClient(new FailingHandler());
        using var client = new TogetherAIClient(httpClient, Clients.Options(new Uri("http://localhost/")));

        var exception = await Failures.Of<TogetherAIConnectionException>(() => client.Models.UploadAsync(request));

        Assert.That(Reflected.TextsOf(exception), Has.None.Contains("0123456789"));
    }

    [TestCaseSource(nameof(Requests))]
    public async Task Secret_is_sent_as_it_is(ModelUploadRequest request)
    {
        using var server = MockServer.Json("POST", "/v1/models", """{"data":{"job_id":"j","model_name":"m","model_id":"i","model_source":"s"},"message":"ok"}""");

        await server.Client.Models.UploadAsync(request);

        Assert.That((string?)server.ReceivedJson["hf_token"], Is.EqualTo(Secret));
    }

    private sealed class FailingHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => throw new HttpRequestException($"Refused {Secret} as a token.");
    }
}
