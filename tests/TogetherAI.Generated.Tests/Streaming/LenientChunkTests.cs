using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>A field of a chunk of another kind than the document says costs neither the text nor the stream.</summary>
[CancelAfter(30_000)]
public sealed class LenientChunkTests
{
    private const string ChatPath = "/v1/chat/completions";

    private static ChatCompletionRequest Question => new() { Model = "m", Messages = [ChatCompletionMessage.FromUser("Hi")] };

    [TestCase("\"usage\":[]", "usage")]
    [TestCase("\"created\":\"yesterday\"", "created")]
    [TestCase("\"warnings\":{}", "warnings")]
    [TestCase("\"id\":{\"value\":1}", "id")]
    public async Task Field_that_cannot_be_read_is_kept_and_the_text_is_read(string field, string name)
    {
        var chunk = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]," + field + "}";
        using var server = MockServer.Events(ChatPath, chunk, chunk, chunk.Replace("\"a\"", "\"b\""));

        var texts = await server.Client.Chat.StreamTokensAsync(Question).ToListAsync();
        var chunks = await server.Client.Chat.StreamAsync(Question).ToListAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "a", "a", "b" }));
            Assert.That(chunks.Select(one => one.Choices![0].Delta!.Content), Is.EqualTo(texts));
            Assert.That(chunks.Select(one => one.AdditionalProperties[name].ToString()), Is.All.EqualTo(JObject.Parse(chunk)[name]!.ToString()));
            Assert.That(JToken.DeepEquals(JToken.Parse(MockServer.Sent(chunks[0])), JToken.Parse(chunk)), MockServer.Sent(chunks[0]));
        }
    }

    [Test]
    public async Task Tool_arguments_that_are_JSON_are_its_text()
    {
        using var server = MockServer.Events(
            ChatPath, """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":{"city":"Paris"}}}]},"finish_reason":"tool_calls"}]}""");
        var accumulator = new ChatCompletionAccumulator();

        await foreach (var chunk in server.Client.Chat.StreamAsync(Question))
        {
            accumulator.Add(chunk);
        }

        Assert.That(accumulator.ToResponse().Choices[0].Message!.ToolCalls!.Single().Function.Arguments, Is.EqualTo("""{"city":"Paris"}"""));
    }

    [TestCase("NaN", double.NaN)]
    [TestCase("-Infinity", double.NegativeInfinity)]
    [TestCase("Infinity", double.PositiveInfinity)]
    public async Task Number_that_is_not_finite_is_read(string number, double expected)
    {
        using var server = MockServer.Events(
            ChatPath,
            $$$"""{"choices":[{"index":0,"delta":{"content":"a NaN \"-Infinity\\"},"logprobs":{"content":[{"token":"a","logprob":{{{number}}}}]}}]}""",
            $$$"""{"choices":[{"index":0,"delta":{"content":"b"},"logprobs":{{{number}}}}]}""");

        var texts = await server.Client.Chat.StreamTokensAsync(Question).ToListAsync();
        var chunks = await server.Client.Chat.StreamAsync(Question).ToListAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "a NaN \"-Infinity\\", "b" }));
            Assert.That(chunks.Select(chunk => chunk.Choices![0].Delta!.Content), Is.EqualTo(texts));
            Assert.That(chunks.Select(chunk => chunk.Choices![0].LogProbabilities!.Tokens.Single().LogProbability), Is.All.EqualTo(expected));
        }
    }

    [TestCase("""{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":["stop"]}]}""", "choices[0].finish_reason")]
    [TestCase("""{"choices":[{"index":0,"delta":{"content":"a"}}],"finish_reason":{}}""", "finish_reason")]
    [TestCase("""{"choices":[{"index":0,"delta":{"content":{"a":1}}}]}""", "choices[0].delta.content")]
    [TestCase("""{"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":["b"]}]}""", "choices[1].delta")]
    [TestCase("""{"choices":[{"index":0,"delta":"a"}]}""", "choices[0].delta")]
    [TestCase("""{"choices":{"delta":"a"}}""", "choices")]
    [TestCase("""{"choices":["a"]}""", "choices[0]")]
    public async Task Field_that_text_or_end_depend_on_fails_with_its_path(string chunk, string path)
    {
        using var server = MockServer.Events(ChatPath, """{"choices":[{"index":0,"delta":{"content":"x"}}]}""", chunk);

        await Assert.ThatAsync(async () => await server.Client.Chat.StreamTokensAsync(Question).ToListAsync(), Malformed(path));
        await Assert.ThatAsync(async () => await server.Client.Chat.StreamAsync(Question).ToListAsync(), Malformed(path));
    }

    [TestCase("""{"type":"conversation.item.audio_output.delta","delta":{"audio":"AAAA"}}""")]
    [TestCase("""{"object":"audio.tts.chunk","b64":["AAAA"]}""")]
    public async Task Recording_that_cannot_be_read_is_malformed(string chunk)
    {
        using var server = MockServer.Events("/v1/audio/speech", chunk);
        var request = new SpeechRequest { Model = "m", Input = "Hi", Voice = "v" };

        await Assert.ThatAsync(async () => await server.Client.Audio.StreamSpeechAsync(request).ToListAsync(), Malformed(""));
    }

    private static NUnit.Framework.Constraints.IResolveConstraint Malformed(string path)
        => Throws.TypeOf<TogetherAIStreamException>()
            .With.Property("Failure").EqualTo(TogetherAIStreamFailure.MalformedEvent)
            .And.Message.Contains(path);
}
