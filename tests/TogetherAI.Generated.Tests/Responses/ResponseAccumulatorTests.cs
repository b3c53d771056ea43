using System.Text;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Responses;

[CancelAfter(30_000)]
public sealed class ResponseAccumulatorTests
{
    [Test]
    public async Task Chunks_make_the_response_that_the_whole_call_would_return(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Streaming(ResponseFrames.Everything);
        using var client = Clients.ForAll(server);
        var response = new ResponseAccumulator();

        await foreach (var chunk in client.Responses.StreamAsync(new ResponseRequest("m", "Hi"), cancellationToken))
        {
            response.Add(chunk);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Text, Is.EqualTo("Ahoy"));
            Assert.That(response.Reasoning, Is.EqualTo("Hmm."));
            Assert.That(response.Usage!.TotalTokens, Is.EqualTo(13));
            Assert.That(response.ToResponse().OutputText, Is.EqualTo("Ahoy"));
            Assert.That(JArray.FromObject(response.ToResponse().Output, NewtonsoftJson.Writer), Is.EqualTo(JArray.Parse("""
                [{"type":"reasoning","id":"rs_1","content":[{"type":"reasoning_text","text":"Hmm."}],"summary":[{"type":"summary_text","text":"Thought."}]},
                 {"type":"message","id":"msg_1","status":"in_progress","role":"assistant","content":[{"type":"output_text","text":"Ahoy","annotations":[{"url":"u"}]}]},
                 {"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":"{\"a\":1}"}]
                """)).Using<JToken>(JToken.DeepEquals));
        }
    }

    [Test]
    public void Items_of_the_event_that_completes_the_response_are_taken()
    {
        var response = new ResponseAccumulator();
        response.Add(Read("""{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Ah"}"""));
        response.Add(Read("""{"type":"response.completed","response":{"id":"r","status":"completed","output":[{"type":"message","id":"m","role":"assistant","content":[{"type":"output_text","text":"Ahoy"}],"later":1}]}}"""));

        Assert.That(response.ToResponse().OutputText, Is.EqualTo("Ahoy"));
        Assert.That((int?)response.ToResponse().Output[0].AdditionalProperties["later"], Is.EqualTo(1));
    }

    [TestCase("""{"type":"response.output_text.done","output_index":0,"content_index":0,"text":"Ahoy"}""")]
    [TestCase("""{"type":"response.content_part.done","output_index":0,"content_index":0,"part":{"type":"output_text","text":"Ahoy"}}""")]
    [TestCase("""{"type":"response.output_item.done","output_index":0,"item":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Ahoy"}]}}""")]
    [TestCase("""{"type":"response.completed","response":{"output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Ahoy"}]}]}}""")]
    public void Text_that_comes_whole_at_its_end_alone_is_taken_and_taken_once(string end)
    {
        var response = new ResponseAccumulator();
        response.Add(Read("""{"type":"response.output_item.added","output_index":0,"item":{"type":"message","role":"assistant","content":[]}}"""));
        response.Add(Read(end));
        response.Add(Read("""{"type":"response.completed","response":{"output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Ahoy"}]}]}}"""));

        Assert.That((response.Text, response.ToResponse().OutputText), Is.EqualTo(("Ahoy", "Ahoy")));
    }

    [Test]
    public void Items_without_an_index_are_told_apart_by_their_ids()
    {
        var response = new ResponseAccumulator();
        response.Add(Read("""{"type":"response.output_item.added","item":{"type":"function_call","id":"a","call_id":"1","name":"f"}}"""));
        response.Add(Read("""{"type":"response.output_item.added","item":{"type":"function_call","id":"b","call_id":"2","name":"g"}}"""));
        response.Add(Read("""{"type":"response.function_call_arguments.delta","item_id":"a","delta":"{}"}"""));
        response.Add(Read("""{"type":"response.function_call_arguments.done","item_id":"b","arguments":"[]"}"""));

        Assert.That(response.ToResponse().FunctionCalls.Select(call => (call.CallId, call.Arguments)), Is.EqualTo(new[] { ("1", "{}"), ("2", "[]") }));
    }

    [Test]
    public void Refusal_is_put_together()
    {
        var response = new ResponseAccumulator();
        response.Add(Read("""{"type":"response.refusal.delta","item_id":"a","output_index":0,"content_index":0,"delta":"N"}"""));
        response.Add(Read("""{"type":"response.refusal.delta","item_id":"a","output_index":0,"content_index":0,"delta":"o"}"""));
        response.Add(Read("""{"type":"response.refusal.done","item_id":"a","output_index":0,"content_index":0,"refusal":"No"}"""));

        Assert.That(JToken.FromObject(response.ToResponse().Output[0], NewtonsoftJson.Writer), Is.EqualTo(JToken.Parse("""{"type":"message","id":"a","role":"assistant","content":[{"type":"refusal","refusal":"No"}]}""")).Using<JToken>(JToken.DeepEquals));
        Assert.That(response.Text, Is.Empty);
    }

    [Test]
    public void Response_that_was_taken_is_not_changed_by_later_chunks()
    {
        var response = new ResponseAccumulator();
        response.Add(Read("""{"type":"response.output_text.delta","output_index":0,"delta":"a"}"""));
        var before = response.ToResponse();

        response.Add(Read("""{"type":"response.output_text.delta","output_index":0,"delta":"b"}"""));

        Assert.That((before.OutputText, response.Text), Is.EqualTo(("a", "ab")));
    }

#if NET8_0_OR_GREATER
    [Test]
    public void Reading_after_every_chunk_allocates_in_proportion_to_the_text()
    {
        var chunk = Read("""{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"token "}""");

        Assert.That(Allocated(8_000), Is.LessThan(Allocated(4_000) * 3));

        long Allocated(int count)
        {
            var response = new ResponseAccumulator();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < count; i++)
            {
                response.Add(chunk);
                Assert.That(response.TextMemory.IsEmpty, Is.False);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
#endif

    private static ResponseChunk Read(string json) => ApiJson.Deserialize<ResponseChunk>(Encoding.UTF8.GetBytes(json));
}
