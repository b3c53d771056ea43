using System.Text.Json;
using Microsoft.Extensions.AI;
using NUnit.Framework;
using TogetherAI.Extensions.AI.Tests.Support;

namespace TogetherAI.Extensions.AI.Tests.Chat;

/// <summary>What a whole response becomes.</summary>
[CancelAfter(30_000)]
public sealed class ResponseTests
{
    [Test]
    public async Task Response_has_all_that_the_server_said()
    {
        await using var server = ChatServer.Whole("""
            {"id":"c-1","object":"chat.completion","created":1780000000,"model":"org/model-1","weight":"w","system_fingerprint":"f","metadata":{"weight_version":"default"},"warnings":[{"message":"Ignored."}],
             "choices":[{"index":0,"finish_reason":"eos","seed":18446744073709551616,"message":{"role":"assistant","content":"4","reasoning":"2+2","signature":"s"}}],
             "usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12,"cached_tokens":3,"completion_tokens_details":{"reasoning_tokens":2,"audio_tokens":1}}}
            """);

        var response = await server.Chat.GetResponseAsync("2+2?");

        var message = response.Messages.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((response.ResponseId, response.ModelId, response.CreatedAt, response.FinishReason), Is.EqualTo(("c-1", "org/model-1", DateTimeOffset.FromUnixTimeSeconds(1780000000), ChatFinishReason.Stop)));
            Assert.That((message.MessageId, message.Role, message.CreatedAt, message.Text), Is.EqualTo(("c-1", ChatRole.Assistant, response.CreatedAt, "4")));
            Assert.That(message.Contents.OfType<TextReasoningContent>().Single().Text, Is.EqualTo("2+2"));
            Assert.That(message.AdditionalProperties!["signature"], Is.EqualTo("s"));
            Assert.That(message.RawRepresentation, Is.TypeOf<ChatCompletionResponseMessage>());
            Assert.That(response.RawRepresentation, Is.TypeOf<ChatCompletionResponse>());
            Assert.That(
                JsonSerializer.Serialize(response.AdditionalProperties),
                Is.EqualTo("""{"weight":"w","system_fingerprint":"f","metadata":{"weight_version":"default"},"seed":18446744073709551616,"warnings":["Ignored."]}"""));
        }

        var usage = response.Usage!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount), Is.EqualTo((7L, 5L, 12L)));
            Assert.That((usage.CachedInputTokenCount, usage.ReasoningTokenCount), Is.EqualTo((3L, 2L)));
            Assert.That(usage.AdditionalCounts, Is.EqualTo(new Dictionary<string, long> { ["completion_tokens_details.audio_tokens"] = 1 }));
        }
    }

    [TestCase("stop", "stop")]
    [TestCase("eos", "stop")]
    [TestCase("length", "length")]
    [TestCase("tool_calls", "tool_calls")]
    [TestCase("function_call", "tool_calls")]
    [TestCase("content_filter", "content_filter")]
    [TestCase("<|eot_id|>", "<|eot_id|>")]
    public async Task Finish_reason_is(string sent, string read)
    {
        await using var server = ChatServer.Message("""{"role":"assistant","content":"4"}""", sent);

        var response = await server.Chat.GetResponseAsync("Hi");

        Assert.That(response.FinishReason, Is.EqualTo(new ChatFinishReason(read)));
    }

    [TestCase("""{"cached_tokens":3,"reasoning_tokens":2}""", 3, 2)]
    [TestCase("""{"prompt_tokens_details":{"cached_tokens":3},"completion_tokens_details":{"reasoning_tokens":2}}""", 3, 2)]
    [TestCase("""{"cached_tokens":0,"prompt_tokens_details":{"cached_tokens":3},"reasoning_tokens":2,"completion_tokens_details":{"reasoning_tokens":0}}""", 3, 2)]
    [TestCase("{}", null, null)]
    public async Task Cached_and_reasoning_tokens_are_read_from_both_places(string usage, int? cached, int? reasoning)
    {
        await using var server = ChatServer.Whole($$$"""{"choices":[{"message":{"content":"4"}}],"usage":{{{usage}}}}""");

        var details = (await server.Chat.GetResponseAsync("Hi")).Usage;

        Assert.That((details?.CachedInputTokenCount, details?.ReasoningTokenCount), Is.EqualTo(((long?)cached, (long?)reasoning)));
    }

    [Test]
    public async Task Total_that_was_not_sent_is_the_sum()
    {
        await using var server = ChatServer.Whole("""{"choices":[{"message":{"content":"4"}}],"usage":{"prompt_tokens":2000000000,"completion_tokens":2000000000}}""");

        Assert.That((await server.Chat.GetResponseAsync("Hi")).Usage!.TotalTokenCount, Is.EqualTo(4_000_000_000));
    }

    [Test]
    public async Task Refusal_is_an_error_content()
    {
        await using var server = ChatServer.Message("""{"role":"assistant","refusal":"No."}""");

        var content = (ErrorContent)(await server.Chat.GetResponseAsync("Hi")).Messages[0].Contents.Single();

        Assert.That((content.Message, content.ErrorCode), Is.EqualTo(("No.", "Refusal")));
    }

    [Test]
    public async Task Response_without_choices_is_no_empty_success()
    {
        await using var server = ChatServer.Whole("""{"choices":[]}""");
        await using var stream = ChatServer.Events("""{"choices":[]}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => server.Chat.GetResponseAsync("Hi"), Throws.TypeOf<TogetherAIInvalidResponseException>());
            Assert.That(() => Updates.ReadAsync(stream.Chat.GetStreamingResponseAsync("Hi")), Throws.TypeOf<TogetherAIInvalidResponseException>());
        }
    }

    [Test]
    public async Task Error_of_the_server_is_its_exception()
    {
        await using var server = new ChatServer(RawServer.Answering(Answers.Of(429, """{"error":{"message":"Slow down."}}""")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => server.Chat.GetResponseAsync("Hi"), Throws.TypeOf<TogetherAIRateLimitException>().With.Message.Contains("Slow down."));
            Assert.That(() => Updates.ReadAsync(server.Chat.GetStreamingResponseAsync("Hi")), Throws.TypeOf<TogetherAIRateLimitException>());
        }
    }

    [Test]
    public async Task Services_of_the_client_are_found()
    {
        await using var server = ChatServer.Text();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Chat.GetService<ChatClientMetadata>(), Is.Not.Null.And.Property("ProviderName").EqualTo("together_ai").And.Property("DefaultModelId").EqualTo(ChatServer.Model));
            Assert.That(server.Chat.GetService<ITogetherAIChatClient>(), Is.SameAs(server.Client.Chat));
            Assert.That(server.Chat.GetService<IChatClient>(), Is.SameAs(server.Chat));
            Assert.That(server.Chat.GetService<string>(), Is.Null);
            Assert.That(server.Chat.GetService(typeof(IChatClient), "key"), Is.Null);
            Assert.That(() => server.Chat.GetService(null!), Throws.ArgumentNullException);
            Assert.That(() => TogetherAIClientExtensions.AsIChatClient(null!), Throws.ArgumentNullException);
        }
    }

    [Test]
    public async Task Client_works_on_once_the_adapter_is_disposed()
    {
        await using var server = ChatServer.Text();

        server.Chat.Dispose();

        Assert.That((await server.Chat.GetResponseAsync("Hi")).Text, Is.EqualTo("4"));
    }
}
