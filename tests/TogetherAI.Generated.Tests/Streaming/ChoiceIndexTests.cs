using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>Which choice a piece belongs to, however a server writes its index; the tokens and the chunks say the same.</summary>
[CancelAfter(30_000)]
public sealed class ChoiceIndexTests
{
    private const string ChatPath = "/v1/chat/completions";

    private static ChatCompletionRequest Question => new() { Model = "m", Messages = [ChatCompletionMessage.FromUser("Hi")] };

    [TestCase("0", "1")]
    [TestCase("0.0", "1.0")]
    [TestCase("0e0", "1e0")]
    [TestCase("-0.0", "0.1e1")]
    [TestCase("\"0\"", "\"1\"")]
    [TestCase("\"0.0\"", "\"1.0\"")]
    [TestCase("\"\\u0030\"", "\"\\u0031\"")]
    [TestCase("1.0", "2")]
    public async Task Index_in_any_form_of_an_integer_keeps_the_choices_apart(string first, string second)
    {
        var events = new[] { Piece(first, "A1"), Piece(second, "B1"), Piece(first, "A2"), Piece(second, "B2"), Piece(first, "A3") };
        using var server = MockServer.Events(ChatPath, events);

        var texts = await server.Client.Chat.StreamTokensAsync(Question).ToListAsync();
        var accumulator = new ChatCompletionAccumulator();
        await foreach (var chunk in server.Client.Chat.StreamAsync(Question))
        {
            accumulator.Add(chunk);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "A1", "A2", "A3" }));
            Assert.That(accumulator.Text, Is.EqualTo("A1A2A3"));
            Assert.That(accumulator.ToResponse().Choices.Select(choice => choice.Message!.Content), Is.EqualTo(new[] { "A1A2A3", "B1B2" }));
        }
    }

    [TestCase("0.0", "1.0")]
    [TestCase("\"0\"", "\"1\"")]
    public async Task Index_in_any_form_leaves_a_stream_incomplete_whose_second_choice_did_not_end(string first, string second)
    {
        var wire = Frames.Data(Piece(first, "A")) + Frames.Data(Piece(second, "B"))
            + Frames.Data($$"""{"choices":[{"index":{{first}},"delta":{},"finish_reason":"stop"}]}""");
        await using var server = RawServer.Streaming(wire);
        using var client = Clients.ForAll(server);

        await Assert.ThatAsync(async () => await client.Chat.StreamTokensAsync(Question).ToListAsync(), Failing(TogetherAIStreamFailure.Incomplete));
        await Assert.ThatAsync(async () => await client.Chat.StreamAsync(Question).ToListAsync(), Failing(TogetherAIStreamFailure.Incomplete));
    }

    [TestCase("0.5")]
    [TestCase("1e99")]
    [TestCase("99999999999")]
    [TestCase("true")]
    [TestCase("[0]")]
    [TestCase("{}")]
    [TestCase("\"\"")]
    [TestCase("\"first\"")]
    public async Task Index_that_cannot_be_read_is_malformed(string index)
    {
        using var server = MockServer.Events(ChatPath, Piece("0", "A"), Piece(index, "B"));

        await Assert.ThatAsync(async () => await server.Client.Chat.StreamTokensAsync(Question).ToListAsync(), Failing(TogetherAIStreamFailure.MalformedEvent));
        await Assert.ThatAsync(async () => await server.Client.Chat.StreamAsync(Question).ToListAsync(), Failing(TogetherAIStreamFailure.MalformedEvent));
    }

    private static string Piece(string index, string text) => $$$"""{"choices":[{"index":{{{index}}},"delta":{"content":"{{{text}}}"}}]}""";

    private static NUnit.Framework.Constraints.IResolveConstraint Failing(TogetherAIStreamFailure failure)
        => Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(failure);
}
