using System.Text;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>Event streams of our own making, with the features of the real ones.</summary>
internal static class EventBodies
{
    public const int EventCount = 20_000;

    /// <summary>Text chunks of the legacy endpoint, about 210 bytes each.</summary>
    public static byte[] Inference(int eventCount = EventCount) => Build(eventCount, static i =>
        $$$"""{"choices":[{"text":"{{{Word(i)}}}"}],"id":"7f01aa22bb33cc44-SJC","token":{"id":{{{450 + (i % 7000)}}},"text":"{{{Word(i)}}}","logprob":-0.00{{{1000 + (i % 8999)}}},"special":false},"generated_text":null,"details":null,"stats":null,"usage":null}""");

    /// <summary>Text chunks of a chat, about 250 bytes each.</summary>
    public static byte[] Chat(int eventCount = EventCount, bool hasEndMarker = true) => Build(eventCount, hasEndMarker: hasEndMarker, chunk: static i =>
        $$$"""{"id":"oAbCdEf-2kFHot-9a0b1c2d3e4f5678","object":"chat.completion.chunk","created":1780000000,"model":"org/model-70b","choices":[{"index":0,"delta":{"role":"assistant","content":"{{{Word(i)}}}"},"finish_reason":null,"logprobs":null}],"usage":null}""");

    /// <summary>Tool-call chunks of a chat, about 2 KB each.</summary>
    public static byte[] ToolCalls(int eventCount) => Build(eventCount, static i =>
        $$$"""{"id":"oAbCdEf-2kFHot-9a0b1c2d3e4f5678","object":"chat.completion.chunk","created":1780000000,"model":"org/model-70b","choices":[{"index":0,"delta":{"role":"assistant","content":"","tool_calls":[{"index":0,"id":"call_{{{i % 10}}}","type":"function","function":{"name":"write_file","arguments":"{\"call\":{{{i}}},{{{Arguments}}}"}}]},"finish_reason":null,"logprobs":null}],"usage":null}""");

    /// <summary>One text chunk of the legacy endpoint of about so many bytes, many times.</summary>
    public static byte[] Large(int eventBytes, int eventCount)
    {
        var text = new string('x', eventBytes);
        return Build(eventCount, _ => $$$"""{"choices":[{"text":"{{{text}}}"}],"id":"7f01aa22bb33cc44-SJC","usage":null}""");
    }

    /// <summary>The text of an event.</summary>
    public static string Word(int i) => " tok" + (i % 100);

    private static string Arguments { get; } = string.Concat(Enumerable.Repeat("{\\\"path\\\":\\\"src/a.cs\\\",\\\"line\\\":42},", 45));

    private static byte[] Build(int eventCount, Func<int, string> chunk, bool hasEndMarker = true)
    {
        var body = new StringBuilder();
        for (var i = 0; i < eventCount; i++)
        {
            body.Append("data: ").Append(chunk(i)).Append("\n\n");
        }

        return Encoding.UTF8.GetBytes(body.Append(hasEndMarker ? "data: [DONE]\n\n" : "").ToString());
    }
}
