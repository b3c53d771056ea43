using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

public sealed class GeneratedClientTests
{
    private static readonly InferenceRequest Request = new() { Model = "org/model", Prompt = "Write 12 words" };

    private TogetherAILocalServer _server = null!;
    private TogetherAIInferenceClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0, ApiKey = "local-key" });
        _client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = _server.Url, ApiKey = "local-key", MaxRetries = 0 });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test, CancelAfter(60_000)]
    public async Task Client_whose_request_is_far_too_large_is_told_so(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { MaxRequestBytes = 1_000_000 }, cancellationToken);
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "any", MaxRetries = 2 });
        var request = new InferenceRequest { Model = "m", Prompt = new string('x', 20_000_000) };

        await Assert.ThatAsync(
            () => client.RunAsync(request, cancellationToken: cancellationToken),
            Throws.InstanceOf<TogetherAIException>()
                .With.Property("StatusCode").EqualTo(System.Net.HttpStatusCode.RequestEntityTooLarge)
                .And.Property("Attempts").EqualTo(1)
                .And.Message.Contains("1000000 at most"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Client_all_four_calls_give_the_same_answer(CancellationToken cancellationToken)
    {
        var whole = await _client.RunAsync(Request, cancellationToken: cancellationToken);
        var chunks = await _client.StreamAsync(Request, cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        var tokens = await _client.StreamTokensAsync(Request, cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        await using var bytes = await _client.StreamBytesAsync(Request, cancellationToken: cancellationToken);
        var text = await new StreamReader(bytes).ReadToEndAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tokens, Is.EqualTo(chunks.Select(chunk => chunk.Choices![0].Text)));
            Assert.That(string.Concat(tokens), Is.EqualTo(" " + whole.Output.Choices![0].Text + "</s>"));
            Assert.That(chunks[^1].Usage!.TotalTokens, Is.EqualTo(whole.Output.Usage!.TotalTokens));
            Assert.That(text.Split("\n\n"), Has.Length.EqualTo(tokens.Count + 2));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Client_error_has_what_the_server_said(CancellationToken cancellationToken)
    {
        var wrong = new InferenceRequest { Model = "m", Prompt = "p", TopP = 2 };

        await Assert.ThatAsync(
            () => _client.RunAsync(wrong, cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIInvalidRequestException>()
                .With.Property("Parameter").EqualTo("top_p")
                .And.Property("ErrorType").EqualTo("invalid_request_error")
                .And.Property("RequestId").Match("^[0-9a-f]{16}-LOCAL$"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Client_wrong_key_is_an_authentication_exception(CancellationToken cancellationToken)
    {
        var options = new TogetherAIRequestOptions { ApiKey = "wrong-key" };

        await Assert.ThatAsync(
            () => _client.RunAsync(Request, options, cancellationToken),
            Throws.TypeOf<TogetherAIAuthenticationException>().With.Property("ErrorCode").EqualTo("invalid_api_key"));
    }
}
