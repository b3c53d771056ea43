using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>Servers that put the whole response into one event, in <c>message</c> instead of <c>delta</c>.</summary>
[CancelAfter(30_000)]
public sealed class WholeMessageTests
{
    private const string ChatPath = "/v1/chat/completions";

    private const string Whole =
        """{"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Hello there"},"finish_reason":"stop"}]}""";

    private static ChatCompletionRequest Question => new() { Model = "m", Messages = [ChatCompletionMessage.FromUser("Hi")] };

    private static IEnumerable<TestCaseData> Streams
    {
        get
        {
            yield return Case("alone", [Whole], "Hello there");
            yield return Case("behind_all_of_it", [Piece("Hello "), Piece("there"), Whole], "Hello there");
            yield return Case("behind_many_pieces_alike", [Piece("Hel"), Piece("lo "), Piece("th"), Piece("ere"), Whole], "Hello there");
            yield return Case("behind_an_empty_piece", ["""{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}""", Whole], "Hello there");
            yield return Case("behind_a_role_alone", ["""{"choices":[{"index":0,"delta":{"role":"assistant"}}]}""", Whole], "Hello there");
            yield return Case("beside_an_empty_delta", [Whole.Replace("\"message\"", "\"delta\":{},\"message\"")], "Hello there");
            yield return Case("beside_no_delta", [Whole.Replace("\"message\"", "\"delta\":null,\"message\"")], "Hello there");
            yield return Case("beside_the_same_delta", [Whole.Replace("\"message\"", "\"delta\":{\"content\":\"Hello there\"},\"message\"")], "Hello there");
            yield return Case("twice", [Whole, Whole], "Hello there");
            yield return Case("without_a_number", [Whole.Replace("\"index\":0,", "")], "Hello there");
            yield return Case("with_another_number", [Whole.Replace("\"index\":0", "\"index\":3.0")], "Hello there");
            yield return Case("before_another_choice", [Whole, Piece("other", index: 1)], "Hello there");
            yield return Case("behind_another_choice", [Piece("other", index: 1), Whole.Replace("\"index\":0", "\"index\":1"), Piece("!", index: 1)], "other!");
            yield return Case("with_half_a_character", [Whole.Replace("Hello there", "\\ud83d")], "\ud83d");
            yield return Case("without_text", [Whole.Replace("\"Hello there\"", "null")], "");
        }
    }

    [Test]
    public async Task Message_in_the_stream_of_a_completion_gives_its_text()
    {
        using var server = MockServer.Events("/v1/completions", Whole);
        var request = new CompletionRequest { Model = "m", Prompt = "p" };

        var texts = await server.Client.Completions.StreamTokensAsync(request).ToListAsync();
        var chunks = await server.Client.Completions.StreamAsync(request).ToListAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "Hello there" }));
            Assert.That(chunks.Select(chunk => chunk.Text), Is.EqualTo(texts));
        }
    }

    [TestCase("""{"response":"Hi","done":true}""")]
    [TestCase("""{"output":{"choices":[{"text":"Hi"}]},"status":"finished"}""")]
    [TestCase("""{"output":[{"type":"message","content":[{"type":"output_text","text":"Hi"}]}]}""")]
    [TestCase("""{"message_id":1,"token":{"text":"Hi"}}""", """{"message_id":1,"token":{"text":"!"}}""")]
    public async Task Tokens_in_a_place_that_the_document_does_not_know_are_no_empty_success(params string[] events)
    {
        using var server = MockServer.Events(ChatPath, events);

        var exception = await Failures.Of<TogetherAIStreamException>(async () => await server.Client.Chat.StreamTokensAsync(Question).ToListAsync());
        var chunks = await server.Client.Chat.StreamAsync(Question).ToListAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((exception.Failure, exception.EventsReceived), Is.EqualTo((TogetherAIStreamFailure.MalformedEvent, events.Length)));
            Assert.That(exception.Message, Does.Contain("choices"));
            Assert.That(chunks, Has.Count.EqualTo(events.Length));
        }
    }

    [TestCaseSource(nameof(Streams))]
    public async Task Message_in_place_of_pieces_gives_its_text_once(string[] events, string text)
    {
        using var server = MockServer.Events(ChatPath, events);

        var texts = await server.Client.Chat.StreamTokensAsync(Question).ToListAsync();
        var chunks = await server.Client.Chat.StreamAsync(Question).ToListAsync();

        var accumulator = new ChatCompletionAccumulator();
        chunks.ForEach(accumulator.Add);
        var answer = chunks.SelectMany(chunk => chunk.Choices!).First().Index;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Concat(texts), Is.EqualTo(text));
            Assert.That(
                string.Concat(chunks.SelectMany(chunk => chunk.Choices!).Where(choice => choice.Index == answer).Select(choice => choice.Delta?.Content)),
                Is.EqualTo(text));
            Assert.That(accumulator.Text, Is.EqualTo(text));
        }
    }

    [Test]
    public async Task Message_in_place_of_pieces_gives_its_tool_calls_and_reasoning_once()
    {
        using var server = MockServer.Events(
            ChatPath,
            """{"choices":[{"index":0,"delta":{"reasoning":"Hm"}}]}""",
            """{"choices":[{"index":0,"message":{"role":"assistant","content":null,"reasoning":"Hm","tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""",
            """{"choices":[{"index":0,"message":{"role":"assistant","content":null,"reasoning":"Hm","tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""");
        var accumulator = new ChatCompletionAccumulator();

        await foreach (var chunk in server.Client.Chat.StreamAsync(Question))
        {
            accumulator.Add(chunk);
        }

        var message = accumulator.ToResponse().Choices.Single().Message!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(message.Reasoning, Is.EqualTo("Hm"));
            Assert.That(message.ToolCalls!.Select(call => (call.Function.Name, call.Function.Arguments)), Is.EqualTo(new[] { ("f", "{}") }));
        }
    }

    [Test]
    public async Task Message_stays_readable_in_its_chunk()
    {
        using var server = MockServer.Events(ChatPath, Piece("Hello there"), Whole);

        var chunks = await server.Client.Chat.StreamAsync(Question).ToListAsync();

        Assert.That((string?)chunks[1].Choices![0].AdditionalProperties["message"]["content"], Is.EqualTo("Hello there"));
    }

    [TestCase("""{"choices":[{"index":0,"message":"Hello there"}]}""")]
    [TestCase("""{"choices":[{"index":0,"message":["Hello there"]}]}""")]
    [TestCase("""{"choices":[{"index":0,"message":{"content":{"a":"Hello there"}}}]}""")]
    public async Task Message_that_cannot_be_read_is_malformed(string chunk)
    {
        using var server = MockServer.Events(ChatPath, chunk);

        await Assert.ThatAsync(async () => await server.Client.Chat.StreamTokensAsync(Question).ToListAsync(), Malformed());
        await Assert.ThatAsync(async () => await server.Client.Chat.StreamAsync(Question).ToListAsync(), Malformed());
    }

    [Test]
    public async Task Second_message_with_another_text_is_malformed_rather_than_lost()
    {
        using var server = MockServer.Events(ChatPath, Whole, Whole.Replace("Hello there", "and more"));

        await Assert.ThatAsync(async () => await server.Client.Chat.StreamTokensAsync(Question).ToListAsync(), Malformed());
        await Assert.ThatAsync(async () => await server.Client.Chat.StreamAsync(Question).ToListAsync(), Malformed());
    }

    private static TestCaseData Case(string name, string[] events, string text)
        => new TestCaseData(events, text).SetArgDisplayNames(name);

    private static string Piece(string text, int index = 0) => $$$"""{"choices":[{"index":{{{index}}},"delta":{"content":"{{{text}}}"}}]}""";

    private static NUnit.Framework.Constraints.IResolveConstraint Malformed()
        => Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.MalformedEvent);
}
