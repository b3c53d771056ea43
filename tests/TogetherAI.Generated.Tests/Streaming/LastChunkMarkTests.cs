using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>What marks the last chunk of a stream, and what is no mark because other chunks have it too.</summary>
[CancelAfter(30_000)]
public sealed class LastChunkMarkTests
{
    private const string Usage = "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}";

    [TestCase(Usage, Usage, Usage)]
    [TestCase("\"generated_text\":\"a\"", "\"generated_text\":\"ab\"", "\"generated_text\":\"abc\"")]
    [TestCase(Usage, "\"usage\":null", Usage)]
    [TestCase(Usage, "\"usage\":null", "\"usage\":null")]
    [TestCase(Usage, "\"generated_text\":\"ab\"", "\"generated_text\":\"abc\"")]
    public async Task Mark_in_several_chunks_or_before_more_text_marks_nothing(params string[] fields)
    {
        var wire = string.Concat(fields.Select((field, i) => Frames.Data($$"""{"choices":[{"text":"{{i}}"}],{{field}}}""")));
        await using var cut = RawServer.Streaming(wire);
        await using var whole = RawServer.Streaming(wire + Frames.Done);
        using var cutClient = Clients.For(cut);
        using var wholeClient = Clients.For(whole);

        await Assert.ThatAsync(async () => await cutClient.StreamTokensAsync(Clients.Request).ToListAsync(), Failing(TogetherAIStreamFailure.Incomplete));
        await Assert.ThatAsync(async () => await cutClient.StreamAsync(Clients.Request).ToListAsync(), Failing(TogetherAIStreamFailure.Incomplete));
        Assert.That(await wholeClient.StreamTokensAsync(Clients.Request).ToListAsync(), Is.EqualTo(new[] { "0", "1", "2" }));
    }

    [TestCase("\"usage\":null", "\"usage\":null", Usage)]
    [TestCase("\"usage\":null", Usage, "\"usage\":null")]
    [TestCase("\"usage\":null", "\"generated_text\":\"ab\"", Usage)]
    [TestCase(Usage, Usage, "\"generated_text\":\"abc\"," + Usage)]
    public async Task Mark_in_one_chunk_completes_the_stream(params string[] fields)
    {
        var wire = string.Concat(fields.Select((field, i) => Frames.Data($$"""{"choices":[{"text":"{{(i == 2 ? "" : i)}}"}],{{field}}}""")));
        await using var server = RawServer.Streaming(wire);
        using var client = Clients.For(server);

        var texts = await client.StreamTokensAsync(Clients.Request).ToListAsync();

        Assert.That(texts, Is.EqualTo(new[] { "0", "1" }));
    }

    [TestCase("\"usage\":[]")]
    [TestCase("\"generated_text\":[\"ab\"]")]
    public async Task Mark_of_another_kind_is_malformed(string field)
    {
        await using var server = RawServer.Streaming(Frames.Data($$"""{"choices":[{"text":"a"}],{{field}}}""") + Frames.Done);
        using var client = Clients.For(server);

        await Assert.ThatAsync(async () => await client.StreamTokensAsync(Clients.Request).ToListAsync(), Failing(TogetherAIStreamFailure.MalformedEvent));
        await Assert.ThatAsync(async () => await client.StreamAsync(Clients.Request).ToListAsync(), Failing(TogetherAIStreamFailure.MalformedEvent));
    }

    private static NUnit.Framework.Constraints.IResolveConstraint Failing(TogetherAIStreamFailure failure)
        => Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(failure);
}
