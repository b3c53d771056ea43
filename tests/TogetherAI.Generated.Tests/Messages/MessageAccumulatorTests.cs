using System.Text;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Messages;

[CancelAfter(30_000)]
public sealed class MessageAccumulatorTests
{
    [Test]
    public async Task Chunks_make_the_message_that_the_whole_call_would_return(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Streaming(MessageFrames.Everything);
        using var client = Clients.ForAll(server);
        var message = new MessageAccumulator();

        await foreach (var chunk in client.Messages.StreamAsync(new MessageRequest("m", [MessageInput.FromUser("Hi")], 10), cancellationToken))
        {
            message.Add(chunk);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(message.Text, Is.EqualTo("Ahoy"));
            Assert.That(message.Thinking, Is.EqualTo("Hmm."));
            Assert.That(JObject.FromObject(message.ToResponse(), NewtonsoftJson.Writer), Is.EqualTo(JObject.Parse("""
                {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"thinking","thinking":"Hmm.","signature":"sig"},{"type":"text","text":"Ahoy"},
                 {"type":"tool_use","id":"t1","name":"f","input":{"a":1}},{"type":"tool_use","id":"t2","name":"g","input":{}}],
                 "stop_reason":"tool_use","usage":{"input_tokens":11,"output_tokens":6,"cache_read_input_tokens":4},"later":1}
                """)).Using<JToken>(JToken.DeepEquals));
            Assert.That(JToken.DeepEquals(JObject.FromObject(message.ToMessage(), NewtonsoftJson.Writer)["content"], JObject.FromObject(message.ToResponse(), NewtonsoftJson.Writer)["content"]), Is.True);
        }
    }

    [TestCase("""{"a":""", ExpectedResult = """{"a":""")]
    [TestCase("no json", ExpectedResult = "no json")]
    public string? Input_that_is_no_JSON_is_kept_as_its_text(string json)
    {
        var message = new MessageAccumulator();
        message.Add(Read("""{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}"""));
        message.Add(new MessageChunk { Index = 0, Delta = new MessageDelta { PartialJson = json } });

        return (string?)message.ToResponse().ToolUses.Single().Input;
    }

    [Test]
    public void Whole_input_at_the_beginning_of_a_call_is_kept()
    {
        var message = new MessageAccumulator();
        message.Add(Read("""{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{"a":1}}}"""));

        Assert.That((int?)message.ToResponse().ToolUses.Single().Input!["a"], Is.EqualTo(1));
    }

    [Test]
    public void Deltas_without_the_beginning_of_their_block_make_one()
    {
        var message = new MessageAccumulator();
        message.Add(Read("""{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"b"}}"""));
        message.Add(Read("""{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"a"}}"""));
        message.Add(Read("""{"type":"content_block_delta","index":1,"delta":{"text":"c"}}"""));

        Assert.That(message.ToResponse().Content.Select(block => (block.Type.Value, block.Text ?? block.Thinking)), Is.EqualTo(new[] { ("thinking", "a"), ("text", "bc") }));
    }

    [Test]
    public void Response_that_was_taken_is_not_changed_by_later_chunks()
    {
        var message = new MessageAccumulator();
        message.Add(Read("""{"type":"content_block_delta","index":0,"delta":{"text":"a"}}"""));
        var before = message.ToResponse();

        message.Add(Read("""{"type":"content_block_delta","index":0,"delta":{"text":"b"}}"""));

        Assert.That((before.Text, message.Text), Is.EqualTo(("a", "ab")));
    }

#if NET8_0_OR_GREATER
    [Test]
    public void Reading_after_every_chunk_allocates_in_proportion_to_the_text()
    {
        var chunk = Read("""{"type":"content_block_delta","index":0,"delta":{"text":"token "}}""");

        Assert.That(Allocated(8_000), Is.LessThan(Allocated(4_000) * 3));

        long Allocated(int count)
        {
            var message = new MessageAccumulator();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < count; i++)
            {
                message.Add(chunk);
                Assert.That(message.TextMemory.IsEmpty, Is.False);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
#endif

    private static MessageChunk Read(string json) => ApiJson.Deserialize<MessageChunk>(Encoding.UTF8.GetBytes(json));
}
