using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>Chunks that are like those before are not parsed again; whatever is new in one must be seen all the same.</summary>
[CancelAfter(30_000)]
public sealed class StreamLikenessTests
{
    // Three that differ in the values that differ between chunks, so that the next one is fitted to them.
    private static readonly string[] Alike =
        ["""{"choices":[{"index":0,"text":"a","finish_reason":""}],"token":{"id":1,"text":"a","logprob":-0.5}}""",
         """{"choices":[{"index":0,"text":"b","finish_reason":""}],"token":{"id":22,"text":"a","logprob":-0.5}}""",
         """{"choices":[{"index":0,"text":"c","finish_reason":""}],"token":{"id":3,"text":"cc","logprob":-0.5}}"""];

    [TestCase("""{"choices":[{"index":0,"text":"\u0064\n\"","finish_reason":""}],"token":{"id":-4,"text":"\n","logprob":-0.5}}""", "d\n\"")]
    [TestCase("""{"choices":[{"index":0,"text":"日本 \u00e9","finish_reason":""}],"token":{"id":4,"text":"d","logprob":-0.5}}""", "日本 é")]
    [TestCase("""{"choices":[{"index":0,"text":"","finish_reason":""}],"token":{"id":4,"text":"d","logprob":-0.5}}""", null)]
    [TestCase("""{"choices":[{"index":0,"text":null,"finish_reason":""}],"token":{"id":4,"text":"d","logprob":-0.5}}""", null)]
    [TestCase("""{"choices":[{"index":0,"text":"a","text":"d","finish_reason":""}],"token":{"id":4,"text":"d","logprob":-0.5}}""", "d")]
    [TestCase("""{"choices":[],"token":{"id":4,"text":"d","logprob":-0.5}}""", null)]
    public async Task StreamTokens_chunk_like_others_gives_its_own_text(string chunk, string? expected)
    {
        await using var server = RawServer.Streaming(Wire(chunk) + Frames.Done);
        using var client = Clients.For(server);

        var texts = await client.StreamTokensAsync(Clients.Request).ToListAsync();

        Assert.That(texts, Is.EqualTo(new[] { "a", "b", "c", expected, "a" }.Where(text => text is not null)));
    }

    [Test]
    public async Task Stream_chunks_like_others_have_their_own_values()
    {
        await using var server = RawServer.Streaming(Wire("""{"choices":[{"index":0,"text":"d","finish_reason":""}],"token":{"id":44,"text":"d\u00e9","logprob":-0.5}}""") + Frames.Done);
        using var client = Clients.For(server);

        var chunks = await client.StreamAsync(Clients.Request).ToListAsync();

        Assert.That(
            chunks.Select(chunk => (chunk.Choices![0].Text, chunk.Token!.Id, chunk.Token.Text, chunk.Token.LogProbability)),
            Is.EqualTo(new[] { ("a", 1L, "a", -0.5), ("b", 22L, "a", -0.5), ("c", 3L, "cc", -0.5), ("d", 44L, "dé", -0.5), ("a", 1L, "a", -0.5) }));
    }

    [TestCase("""{"choices":[{"index":0,"text":"d","finish_reason":"stop"}],"token":{"id":4,"text":"d","logprob":-0.5}}""")]
    [TestCase("""{"choices":[{"index":0,"text":"d","finish_reason":""}],"token":{"id":4,"text":"d","logprob":-0.5},"generated_text":"abcd"}""")]
    public async Task Stream_chunk_like_others_that_says_it_is_the_last_completes_the_stream(string chunk)
    {
        await using var server = RawServer.Streaming(Wire(chunk, then: ""));
        using var client = Clients.For(server);

        var texts = await client.StreamTokensAsync(Clients.Request).ToListAsync();

        Assert.That(texts, Is.EqualTo(new[] { "a", "b", "c", "d" }));
    }

    [Test]
    public async Task Stream_chunk_of_another_choice_must_be_finished_too()
    {
        var other = Alike[0].Replace("\"index\":0", "\"index\":1");
        var last = Alike[0].Replace("\"finish_reason\":\"\"", "\"finish_reason\":\"stop\"");
        await using var server = RawServer.Streaming(Wire(other, then: last));
        using var client = Clients.For(server);

        var read = async () => await client.StreamTokensAsync(Clients.Request).ToListAsync();

        Assert.That(read, Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.Incomplete));
    }

    [TestCase("""{"choices":[{"index":0,"text":"d","finish_reason":"error"}],"token":{"id":4,"text":"d","logprob":-0.5}}""", TogetherAIStreamFailure.ServerError)]
    [TestCase("""{"choices":[{"index":0,"text":"d","error":"no"}],"token":{"id":4,"text":"d","logprob":-0.5}}""", TogetherAIStreamFailure.ServerError)]
    [TestCase("""{"choices":[{"index":0,"text":"d","finish_reason":""}],"error":{"message":"no"}}""", TogetherAIStreamFailure.ServerError)]
    [TestCase("""{"choices":[{"index":0,"text":"d","finish_reason":""}],"token":{"id":04,"text":"d","logprob":-0.5}}""", TogetherAIStreamFailure.MalformedEvent)]
    [TestCase("""{"choices":[{"index":0,"text":"d","finish_reason":""}],"token":{"id":4.,"text":"d","logprob":-0.5}}""", TogetherAIStreamFailure.MalformedEvent)]
    [TestCase("""{"choices":[{"index":0,"text":"d\x","finish_reason":""}],"token":{"id":4,"text":"d","logprob":-0.5}}""", TogetherAIStreamFailure.MalformedEvent)]
    [TestCase("""{"choices":[{"index":0,"text":"d","finish_reason":""}],"token":{"id":4,"text":"d\u12","logprob":-0.5}}""", TogetherAIStreamFailure.MalformedEvent)]
    [TestCase("""{"choices":[{"index":0,"text":"d","finish_reason":""}],"token":{"id":4,"text":"d","logprob":-0.5}""", TogetherAIStreamFailure.MalformedEvent)]
    [TestCase("""{"choices":[{"index":0,"text":"d","finish_reason":""}],"token":{"id":4,"text":"d","logprob":-0.5}}}""", TogetherAIStreamFailure.MalformedEvent)]
    public async Task Stream_chunk_like_others_with_a_failure_is_seen(string chunk, TogetherAIStreamFailure failure)
    {
        await using var server = RawServer.Streaming(Wire(chunk) + Frames.Done);
        using var client = Clients.For(server);

        var read = async () => await client.StreamTokensAsync(Clients.Request).ToListAsync();

        Assert.That(
            read,
            Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(failure).And.Property("EventsReceived").EqualTo(3));
    }

    private static string Wire(string chunk, string? then = null)
        => string.Concat(((string[])[.. Alike, chunk, then ?? Alike[0]]).Where(data => data.Length > 0).Select(data => $"data: {data}\n\n"));
}
