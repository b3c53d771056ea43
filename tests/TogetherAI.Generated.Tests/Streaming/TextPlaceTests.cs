using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>Streams whose choices have their text in another place than the endpoint's own.</summary>
[CancelAfter(30_000)]
public sealed class TextPlaceTests
{
    private const string ChatPath = "/v1/chat/completions";

    private static ChatCompletionRequest Question => new() { Model = "m", Messages = [ChatCompletionMessage.FromUser("Hi")] };

    private static IEnumerable<TestCaseData> Streams
    {
        get
        {
            yield return Case("in_text_alone", [Text("Hello "), Text("there")], "Hello there");
            yield return Case("in_text_at_once", ["""{"choices":[{"index":0,"text":"Hello there","finish_reason":"stop"}]}"""], "Hello there");
            yield return Case("in_text_behind_a_role", [Delta("\"role\":\"assistant\",\"content\":\"\""), Text("Hello "), Text("there")], "Hello there");
            yield return Case("in_text_beside_null", [Text("Hello ", "\"delta\":null"), Text("there", "\"delta\":null")], "Hello there");
            yield return Case("in_text_beside_an_empty_delta", [Text("Hello ", "\"delta\":{}"), Text("there", "\"delta\":{\"content\":null}")], "Hello there");
            yield return Case("in_text_beside_a_role", [Text("Hello ", "\"delta\":{\"role\":\"assistant\",\"content\":\"\"}"), Text("there", "\"delta\":{\"role\":\"assistant\",\"content\":\"\"}")], "Hello there");
            yield return Case("in_empty_texts_too", [Text(""), Text("Hello "), Text(""), Text("there"), Text("")], "Hello there");
            yield return Case("in_many_texts", [.. Enumerable.Repeat(Text("ha"), 20)], string.Concat(Enumerable.Repeat("ha", 20)));
            yield return Case("in_both", [Both("Hello "), Both("there")], "Hello there");
            yield return Case("in_delta_and_again_at_the_end", [Delta("\"content\":\"Hello \""), Delta("\"content\":\"there\""), Text("Hello there")], "Hello there");
            yield return Case("in_text_of_what_the_model_thinks", [Text("Hm", "\"delta\":{\"reasoning\":\"Hm\"}"), Both("Hello there")], "Hello there");
            yield return Case("in_text_then_in_delta", [Text("Hello "), Delta("\"content\":\"there\"")], "Hello there");
            yield return Case("in_message_after_text", [Text("Hello "), Text("there"), """{"choices":[{"index":0,"message":{"role":"assistant","content":"Hello there"},"finish_reason":"stop"}]}"""], "Hello there");
        }
    }

    [TestCaseSource(nameof(Streams))]
    public async Task Chat_whose_text_stands_elsewhere_gives_it_once(string[] events, string text)
    {
        using var server = MockServer.Events(ChatPath, events);

        var texts = await server.Client.Chat.StreamTokensAsync(Question).ToListAsync();
        var chunks = await server.Client.Chat.StreamAsync(Question).ToListAsync();

        var accumulator = new ChatCompletionAccumulator();
        chunks.ForEach(accumulator.Add);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Concat(texts), Is.EqualTo(text));
            Assert.That(string.Concat(chunks.Select(chunk => chunk.Text)), Is.EqualTo(text));
            Assert.That(accumulator.Text, Is.EqualTo(text));
        }
    }

    [Test]
    public async Task Chat_of_several_answers_in_text_gives_each()
    {
        using var server = MockServer.Events(
            ChatPath,
            """{"choices":[{"index":0,"text":"a"},{"index":1,"text":"x"}]}""",
            """{"choices":[{"index":1,"text":"y"}]}""",
            """{"choices":[{"index":0,"text":"b"}]}""");

        var texts = await server.Client.Chat.StreamTokensAsync(Question).ToListAsync();
        var accumulator = new ChatCompletionAccumulator();
        await foreach (var chunk in server.Client.Chat.StreamAsync(Question))
        {
            accumulator.Add(chunk);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "a", "b" }));
            Assert.That(accumulator.ToResponse().Choices.Select(choice => choice.Message?.Content), Is.EqualTo(new[] { "ab", "xy" }));
        }
    }

    [TestCase("""{"choices":[{"index":0,"content":"Hi"}]}""")]
    [TestCase("""{"choices":[{"index":0,"content":"Hi","finish_reason":"stop"}]}""")]
    [TestCase("""{"choices":[{"index":0,"output":{"text":"Hi"},"finish_reason":"stop"}]}""")]
    [TestCase("""{"choices":[{"index":0,"parts":["Hi"]}]}""", """{"choices":[{"index":0,"finish_reason":"stop"}]}""")]
    public async Task Choices_that_have_their_text_in_an_unknown_place_are_no_empty_success(params string[] events)
    {
        using var chat = MockServer.Events(ChatPath, events);
        using var completions = MockServer.Events("/v1/completions", events);
        using var inference = MockServer.Events("/inference", events);

        await Assert.ThatAsync(async () => await chat.Client.Chat.StreamTokensAsync(Question).ToListAsync(), Malformed());
        await Assert.ThatAsync(async () => await completions.Client.Completions.StreamTokensAsync(new CompletionRequest { Model = "m", Prompt = "p" }).ToListAsync(), Malformed());
        await Assert.ThatAsync(async () => await inference.Client.Inference.StreamTokensAsync(Clients.Request).ToListAsync(), Malformed());
    }

    [TestCase("""{"choices":[{"index":0,"delta":{"content":"Hi"}}]}""", """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""")]
    [TestCase("""{"choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]}""")]
    public async Task Inference_in_the_form_of_a_chat_is_no_empty_success(params string[] events)
    {
        using var server = MockServer.Events("/inference", events);

        await Assert.ThatAsync(async () => await server.Client.Inference.StreamTokensAsync(Clients.Request).ToListAsync(), Malformed());
    }

    [TestCase("""{"choices":[{"index":0,"finish_reason":"content_filter"}]}""")]
    [TestCase("""{"choices":[{"index":0,"finish_reason":"stop","seed":1,"logprobs":null}]}""")]
    [TestCase("""{"choices":[{"index":0,"delta":{"role":"assistant"}}]}""", """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""")]
    [TestCase("""{"choices":[],"usage":{"total_tokens":1}}""")]
    public async Task Chat_that_says_nothing_is_empty(params string[] events)
    {
        using var server = MockServer.Events(ChatPath, events);

        Assert.That(await server.Client.Chat.StreamTokensAsync(Question).ToListAsync(), Is.Empty);
    }

    private static TestCaseData Case(string name, string[] events, string text) => new TestCaseData(events, text).SetArgDisplayNames(name);

    private static string Text(string text, string? delta = null) => $$"""{"choices":[{"index":0,{{(delta is null ? "" : delta + ",")}}"text":"{{text}}"}]}""";

    private static string Both(string text) => Text(text, $$"""
        "delta":{"content":"{{text}}"}
        """);

    private static string Delta(string fields) => "{\"choices\":[{\"index\":0,\"delta\":{" + fields + "}}]}";

    private static NUnit.Framework.Constraints.IResolveConstraint Malformed()
        => Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.MalformedEvent);
}
