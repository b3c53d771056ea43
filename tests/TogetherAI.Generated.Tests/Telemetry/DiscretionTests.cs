using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Telemetry;

/// <summary>Telemetry tells neither what was asked and generated nor anything secret.</summary>
[CancelAfter(30_000), NonParallelizable]
public sealed class DiscretionTests
{
    private const string Prompt = "words-of-the-prompt";
    private const string Generated = "words-of-the-model";
    private const string Secret = "secret-of-the-address-0123456789";

    private static ChatCompletionRequest Request => new()
    {
        Model = "org/model",
        User = Prompt,
        Messages = [ChatCompletionMessage.FromSystem(Prompt), ChatCompletionMessage.FromUser(Prompt)],
        Tools = [new ChatCompletionTool { Function = new ChatCompletionFunction { Name = Prompt, Description = Prompt } }],
    };

    private static IEnumerable<TestCaseData> Responses =>
    [
        new TestCaseData(200, $$$"""{"id":"i","object":"chat.completion","model":"{{{Clients.Key}}}","created":1,"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"{{{Generated}}}"}}]}""", "application/json").SetArgDisplayNames("whole"),
        new TestCaseData(200, Frames.Data($$$"""{"id":"{{{Clients.Key}}}","choices":[{"index":0,"delta":{"content":"{{{Generated}}}"},"finish_reason":"{{{Secret}}}"}]}""") + Frames.Done, "text/event-stream").SetArgDisplayNames("stream"),
        new TestCaseData(200, Frames.Data($$$"""{"choices":[{"index":0,"delta":{"content":"{{{Generated}}}"}}]}""") + Frames.Data($$$"""{"choices":"{{{Generated}}} {{{Clients.Key}}}"}"""), "text/event-stream").SetArgDisplayNames("malformed event"),
        new TestCaseData(400, $$$"""{"error":{"message":"{{{Prompt}}} {{{Generated}}} {{{Clients.Key}}} {{{Secret}}}"}}""", "application/json").SetArgDisplayNames("refusal"),
    ];

    [TestCaseSource(nameof(Responses))]
    public async Task Content_and_secrets_are_in_no_tag_event_or_status(int status, string body, string contentType, CancellationToken cancellationToken)
    {
        using var recorder = new TelemetryRecorder();
        await using var server = RawServer.Answering(Answers.Empty(503), Answers.Of(status, body, contentType));
        using var client = new TogetherAIClient(Clients.Options(new Uri($"http://user:{Secret}@localhost:{server.Port}/?token={Secret}"), static options =>
        {
            options.MaxRetries = 1;
            options.TimeProvider = new InstantTime();
        }));

        try
        {
            if (contentType == "text/event-stream")
            {
                await client.Chat.StreamTokensAsync(Request, cancellationToken).ToListAsync(cancellationToken);
            }
            else
            {
                await client.Chat.CompleteAsync(Request, cancellationToken);
            }
        }
        catch (TogetherAIException)
        {
            // Some of the responses are failures.
        }

        var told = recorder.Everything();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Does.Contain("gen_ai.request.model=org/model"));
            Assert.That(told, Does.Not.Contain(Prompt));
            Assert.That(told, Does.Not.Contain(Generated));
            Assert.That(told, Does.Not.Contain(Secret));
            Assert.That(told, Does.Not.Contain(Clients.Key));
        }
    }
}
