using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Completions;

public sealed class CompletionsTests
{
    private const string Path = "/v1/completions";

    private static CompletionRequest Beginning => new() { Model = "org/model", Prompt = "2+2=", Stop = ["\n", "."] };

    [Test, CancelAfter(30_000)]
    public async Task Create_text_is_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", Path, """
            {"id":"a-1","object":"text_completion","created":1,"model":"org/model","prompt":[{"text":"2+2="}],"choices":[{"text":" 4","finish_reason":"</s>","index":0}],"usage":null}
            """);

        var answer = await server.Client.Completions.CreateAsync(Beginning, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Text, Is.EqualTo(" 4"));
            Assert.That(answer.Object, Is.EqualTo("text_completion"));
            Assert.That(answer.Choices[0].FinishReason!.Value, Is.EqualTo("</s>"));
            Assert.That(answer.Prompt![0].Text, Is.EqualTo("2+2="));
            Assert.That(server.Received.Body, Is.EqualTo("""{"model":"org/model","prompt":"2+2=","stop":["\n","."],"stream":false}"""));
        }
    }

    [TestCase("""{"id":"a","choices":[{"index":0,"text":" 4","delta":{"content":" 4"},"finish_reason":null}],"usage":null}""")]
    [TestCase("""{"id":"a","choices":[{"index":0,"text":"","delta":{"content":" 4"}}]}""")]
    [TestCase("""{"id":"a","token":{"id":4,"text":" 4","logprob":0,"special":false},"choices":[{"index":0,"text":" 4"}]}""")]
    [CancelAfter(30_000)]
    public async Task StreamTokens_either_form_yields_its_text_once(string chunk, CancellationToken cancellationToken)
    {
        using var server = MockServer.Events(Path, chunk);

        var texts = await server.Client.Completions.StreamTokensAsync(Beginning, cancellationToken: cancellationToken).ToListAsync(cancellationToken);

        Assert.That(texts, Is.EqualTo(new[] { " 4" }));
    }

    [Test, CancelAfter(30_000)]
    public async Task Stream_chunks_are_typed(CancellationToken cancellationToken)
    {
        using var server = MockServer.Events(
            Path,
            """{"id":"a","token":{"id":4,"text":" 4","logprob":-0.5,"special":false},"choices":[{"index":0,"text":" 4"}],"seed":18446744073709551615,"finish_reason":"length","usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""");

        var chunks = await server.Client.Completions.StreamAsync(Beginning, cancellationToken: cancellationToken).ToListAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chunks, Has.Count.EqualTo(1));
            Assert.That(chunks[0].Token!.LogProbability, Is.EqualTo(-0.5));
            Assert.That(chunks[0].FinishReason, Is.EqualTo(FinishReason.Length));
            Assert.That(chunks[0].Seed, Is.EqualTo(18446744073709551615m));
            Assert.That(chunks[0].Usage!.TotalTokens, Is.EqualTo(2));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task StreamBytes_gives_the_bytes_of_the_server(CancellationToken cancellationToken)
    {
        using var server = MockServer.Events(Path);

        using var stream = await server.Client.Completions.StreamBytesAsync(Beginning, cancellationToken: cancellationToken);

        using var reader = new StreamReader(stream);
        Assert.That(await reader.ReadToEndAsync(cancellationToken), Is.EqualTo("data: [DONE]\n\n"));
    }
}
