using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>A name that comes more than once in a choice: the last one counts, for the tokens as for the chunks.</summary>
[CancelAfter(60_000)]
public sealed class RepeatedNameTests
{
    private const int Rounds = 300;

    private static readonly string[] Values = ["null", "\"\"", "\"a\"", "\"b\"", "7", "true"];

    private static CompletionRequest Prompt => new() { Model = "m", Prompt = "p" };

    [TestCase("""{"choices":[{"delta":{"content":"x","content":null}}]}""", "")]
    [TestCase("""{"choices":[{"delta":{"content":"x","content":""}}]}""", "")]
    [TestCase("""{"choices":[{"delta":{"content":"x"},"delta":null}]}""", "")]
    [TestCase("""{"choices":[{"delta":{"content":"x"},"delta":{}}]}""", "")]
    [TestCase("""{"choices":[{"delta":{"content":"d"},"text":"t","text":""}]}""", "d")]
    [TestCase("""{"choices":[{"delta":{"content":"d"},"text":"t","text":null}]}""", "d")]
    [TestCase("""{"choices":[{"text":"t","text":null,"delta":{"content":"c","content":"d"}}]}""", "d")]
    [TestCase("""{"choices":[{"index":5,"text":"old"}],"choices":[{"index":0,"text":"new"}]}""", "new")]
    [TestCase("""{"choices":[{"index":1,"index":null,"text":"a"}]}""", "a")]
    public async Task Name_that_comes_twice_counts_as_it_came_last(string chunk, string text)
    {
        var (texts, chunks) = await ReadAsync([chunk, chunk]);

        Assert.That((texts, chunks), Is.EqualTo((text + text, text + text)));
    }

    [Test]
    public async Task Finish_reason_that_is_taken_back_does_not_end_the_stream()
    {
        await using var server = RawServer.Streaming(Frames.Data("""{"choices":[{"text":"a","finish_reason":"stop","finish_reason":null}]}"""));
        using var client = Clients.For(server);

        await Assert.ThatAsync(
            async () => await client.StreamTokensAsync(Clients.Request).ToListAsync(),
            Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.Incomplete));
    }

    [Test]
    public async Task Names_that_come_at_random_count_the_same_for_tokens_and_chunks()
    {
        var random = new Random(20261127);
        for (var round = 0; round < Rounds; round++)
        {
            // Often the same shape twice, so that one chunk is fitted to the other.
            var chunk = Chunk(random);
            var events = new[] { chunk, chunk, random.Next(2) == 0 ? chunk.Replace("\"a\"", "\"c\"") : Chunk(random), chunk };

            var (texts, chunks) = await ReadAsync(events);

            Assert.That(texts, Is.EqualTo(chunks), string.Join("\n", events));
        }
    }

    private static string Chunk(Random random)
    {
        var fields = Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(3) == 0
            ? $"\"text\":{Value(random)}"
            : "\"delta\":" + (random.Next(5) == 0 ? "null" : "{" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => $"\"content\":{Value(random)}")) + "}"));
        return "{\"choices\":[{" + string.Join(",", fields) + "}]}";
    }

    private static string Value(Random random) => Values[random.Next(Values.Length)];

    private static async Task<(string Texts, string Chunks)> ReadAsync(string[] events)
    {
        var wire = string.Concat(events.Select(Frames.Data)) + Frames.Done;
        using var tokens = new FedStream([System.Text.Encoding.UTF8.GetBytes(wire), []]).ClientForAll();
        using var objects = new FedStream([System.Text.Encoding.UTF8.GetBytes(wire), []]).ClientForAll();

        var texts = await tokens.Completions.StreamTokensAsync(Prompt).ToListAsync();
        var chunks = await objects.Completions.StreamAsync(Prompt).ToListAsync();

        return (string.Concat(texts), string.Concat(chunks.Select(TextOf)));
    }

    private static string? TextOf(CompletionChunk chunk)
        => chunk.Choices?.FirstOrDefault() is { } choice ? (string.IsNullOrEmpty(choice.Text) ? choice.Delta?.Content : choice.Text) : null;
}
