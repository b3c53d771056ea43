using System.Text;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>Event streams of our own making whose events have names: those of messages and of responses.</summary>
internal static class NamedEventBodies
{
    /// <summary>A message whose text comes in so many events of about 140 bytes.</summary>
    public static byte[] Message(int eventCount = EventBodies.EventCount) => Build(
        eventCount,
        first:
        [
            """{"type":"message_start","message":{"id":"msg_9a0b1c2d3e4f5678","type":"message","role":"assistant","model":"org/model-70b","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":11,"output_tokens":0}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
        ],
        text: static word => $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{{{word}}}"}}""",
        last:
        [
            """{"type":"content_block_stop","index":0}""",
            """{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":20000}}""",
            """{"type":"message_stop"}""",
        ]);

    /// <summary>A response whose text comes in so many events of about 230 bytes.</summary>
    public static byte[] Response(int eventCount = EventBodies.EventCount)
    {
        var number = 1;
        return Build(
            eventCount,
            first: [ResponseEvent("response.created", "in_progress", number: 0)],
            text: word => $$$"""{"type":"response.output_text.delta","sequence_number":{{{number++}}},"item_id":"msg_9a0b1c2d3e4f5678","output_index":0,"content_index":0,"delta":"{{{word}}}","logprobs":[]}""",
            last: [ResponseEvent("response.completed", "completed", eventCount + 1)]);
    }

    private static string ResponseEvent(string type, string status, int number)
        => $$$"""{"type":"{{{type}}}","sequence_number":{{{number}}},"response":{"id":"resp_9a0b1c2d3e4f5678","object":"response","created_at":1780000000,"status":"{{{status}}}","model":"org/model-70b","output":[],"parallel_tool_calls":true,"tool_choice":"auto","tools":[],"usage":null}}""";

    // The name of an event is the type that its data begins with.
    private static byte[] Build(int eventCount, string[] first, Func<string, string> text, string[] last)
    {
        const int NameStart = 9;
        var body = new StringBuilder();
        foreach (var data in first.Concat(Enumerable.Range(0, eventCount).Select(i => text(EventBodies.Word(i)))).Concat(last))
        {
            body.Append("event: ").Append(data, NameStart, data.IndexOf('"', NameStart) - NameStart).Append("\ndata: ").Append(data).Append("\n\n");
        }

        return Encoding.UTF8.GetBytes(body.ToString());
    }
}
