using System.Text;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>
/// Streams of any API, as a document can describe them: where events have their names and texts, what completes a stream
/// and what fails it. Every case runs for tokens, chunks and bytes, as one piece and byte by byte.
/// </summary>
public sealed class StreamDescriptionTests
{
    private const string Start = """event: message_start\ndata: {"type":"message_start","message":{"usage":{"input_tokens":1}}}\n\n""";
    private const string Stop = """event: message_stop\ndata: {"type":"message_stop"}\n\n""";

    private static readonly Dictionary<string, StreamFormat> Formats = new()
    {
        ["messages"] = new StreamFormat(eventName: "type", events:
        [
            new StreamEventFormat("content_block_delta", text: ["delta/text"]),
            new StreamEventFormat("message_stop", completes: true),
            new StreamEventFormat("error", error: "error"),
        ]),
        ["responses"] = new StreamFormat(eventName: "type", events:
        [
            new StreamEventFormat("response.output_text.delta", text: ["delta"]),
            new StreamEventFormat("response.completed", completes: true),
            new StreamEventFormat("response.incomplete", completes: true),
            new StreamEventFormat("response.failed", error: "response/error"),
        ]),
        ["named by the event stream"] = new StreamFormat(events:
        [
            new StreamEventFormat("token", text: ["text"]),
            new StreamEventFormat("end", completes: true),
            new StreamEventFormat("broken", fails: true),
        ]),
        ["results at the top"] = new StreamFormat(text: ["delta/text"], finishReason: "finish_reason"),
        ["results at the top, numbered"] = new StreamFormat(text: ["text"], index: "index", finishReason: "finish_reason"),
        ["text in an array"] = new StreamFormat(text: ["output/0/content/1/text"], completesAtEnd: true),
        ["done is required"] = new StreamFormat(choices: "choices", index: "index", text: ["text"], finishReason: "finish_reason", requiresDone: true),
        ["JSON lines"] = new StreamFormat(text: ["message/content"], final: ["done_reason"], isJsonLines: true),
        ["JSON lines to the end"] = new StreamFormat(text: ["response"], completesAtEnd: true, isJsonLines: true),
    };

    [TestCase("messages", Start + """event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}\n\nevent: content_block_delta\ndata: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"a"}}\n\nevent: ping\ndata: {"type":"ping"}\n\ndata: {"type":"content_block_delta","delta":{"text":"b"}}\n\n""" + Stop, "a|b", 6)]
    [TestCase("messages", """event: content_block_delta\ndata: {"delta":{"text":"by the event's name"}}\n\n""" + Stop, "by the event's name", 2)]
    [TestCase("messages", """data: {"type":"new_kind","delta":{"text":"unknown"}}\n\n""" + Stop, "", 2)]
    [TestCase("responses", """data: {"type":"response.created","response":{"error":null}}\n\ndata: {"type":"response.output_text.delta","delta":"a"}\n\ndata: {"type":"response.function_call_arguments.delta","delta":"{}"}\n\ndata: {"type":"response.output_text.delta","delta":"b"}\n\ndata: {"type":"response.completed","response":{"error":null}}\n\ndata: [DONE]\n\n""", "a|b", 5)]
    [TestCase("responses", """data: {"type":"response.output_text.delta","delta":"a"}\n\ndata: {"type":"response.incomplete"}\n\n""", "a", 2)]
    [TestCase("named by the event stream", """event: token\ndata: {"text":"a"}\n\nevent: other\ndata: {"text":"x"}\n\nevent: token\ndata: {"text":"b"}\n\nevent: end\ndata: {"text":"y"}\n\n""", "a|b", 4)]
    [TestCase("results at the top", """data: {"id":"1","delta":{"text":"a"},"finish_reason":null}\n\ndata: {"id":"1","delta":{"text":"b"},"finish_reason":"stop"}\n\n""", "a|b", 2)]
    [TestCase("results at the top, numbered", """data: {"index":1,"text":"x"}\n\ndata: {"index":0,"text":"a"}\n\ndata: {"index":1,"text":"y","finish_reason":"stop"}\n\ndata: {"index":0,"text":"","finish_reason":"stop"}\n\n""", "x|y", 4)]
    [TestCase("text in an array", """data: {"output":[{"content":[{"text":"no"},{"text":"a"}]},{"content":[]}]}\n\ndata: {"output":[]}\n\ndata: {"output":[{"content":[{},{"text":"b"}]}]}\n\n""", "a|b", 3)]
    [TestCase("text in an array", """data: {"":{},"output":[{"content":[{},{"text":"a"}]}]}\n\ndata: {"output":[{"content":[{},{"text":"b"}]}],"":[1]}\n\n""", "a|b", 2)]
    [TestCase("results at the top", """data: {"":["x"],"delta":{"":1,"text":"a"}}\n\ndata: {"":true,"delta":{"text":"b"},"finish_reason":"stop"}\n\n""", "a|b", 2)]
    [TestCase("done is required", """data: {"choices":[{"index":0,"text":"a","finish_reason":"stop"}]}\n\ndata: [DONE]\n\n""", "a", 1)]
    [TestCase("JSON lines", """{"message":{"content":"a"}}\n\r\n{"message":\r{"content":"b"}}\r\n{"done_reason":"stop"}""", "a|b", 3)]
    [TestCase("JSON lines to the end", """{"response":"a"}\n{"response":"é"}\n""", "a|é", 2)]
    [TestCase("JSON lines to the end", """\RS{"response":"a"}\n\RS{\n  "response": "b \" }",\r\n  "more": [{\n}]\n}\n\RS\RS{"response":"c"}""", "a|b \" }|c", 3)]
    [TestCase("JSON lines to the end", """\RS{"response":"a"}\n\RS{"a":12}\n\RS{"response":"b"}\n""", "a|b", 3)]
    public async Task Stream_is_read_as_its_document_describes(string format, string body, string tokens, int chunks)
    {
        foreach (var cut in new[] { false, true })
        {
            await using var server = Server(format, body, cut);

            Assert.That(await Tokens(server, format), Is.EqualTo(tokens), $"cut: {cut}");
            Assert.That(await Chunks(server, format), Is.EqualTo(chunks));
            Assert.That(await Bytes(server, format), Is.EqualTo(Unescape(body)));
        }
    }

    [TestCase("messages", Start + """data: {"type":"content_block_delta","delta":{"text":"a"}}\n\n""")]
    [TestCase("responses", """data: {"type":"response.output_text.delta","delta":"a"}\n\n""")]
    [TestCase("named by the event stream", """event: token\ndata: {"text":"a"}\n\n""")]
    [TestCase("results at the top", """data: {"delta":{"text":"a"}}\n\n""")]
    [TestCase("results at the top, numbered", """data: {"index":0,"text":"a","finish_reason":"stop"}\n\ndata: {"index":1,"text":"b"}\n\n""")]
    [TestCase("done is required", """data: {"choices":[{"index":0,"text":"a","finish_reason":"stop"}]}\n\n""")]
    [TestCase("JSON lines", """{"message":{"content":"a"}}\n""")]
    [TestCase("JSON lines to the end", """{"response":"a"}\n{"respon""")]
    [TestCase("JSON lines to the end", """\RS{"response":"a"}\n\RS{"response":\n""")]
    [TestCase("text in an array", """data: {"output":[]}\n\ndata: {"outp""")]
    public async Task Stream_that_is_cut_off_is_incomplete(string format, string body)
    {
        await using var server = Server(format, body, cut: false);

        await Assert.ThatAsync(() => Tokens(server, format), Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.Incomplete));
        await Assert.ThatAsync(() => Chunks(server, format), Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.Incomplete));
    }

    [TestCase("messages", """event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n""", "Overloaded")]
    [TestCase("messages", """data: {"type":"error","error":{"message":"Overloaded"}}\n\n""", "Overloaded")]
    [TestCase("responses", """data: {"type":"response.failed","response":{"error":{"code":"server_error","message":"It broke"}}}\n\n""", "It broke")]
    [TestCase("responses", """data: {"type":"error","error":{"message":"It broke"}}\n\n""", "It broke")]
    [TestCase("named by the event stream", """event: broken\ndata: {"message":"It broke"}\n\n""", "It broke")]
    [TestCase("results at the top", """data: {"error":{"message":"It broke"}}\n\n""", "It broke")]
    [TestCase("JSON lines", """{"error":"It broke"}\n""", "It broke")]
    public async Task Failure_in_the_stream_is_what_its_document_says(string format, string body, string message)
    {
        await using var server = Server(format, body, cut: false);

        await Assert.ThatAsync(
            () => Tokens(server, format),
            Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.ServerError).And.Message.Contains(message));
    }

    [TestCase("messages", """data: {"type":"content_block_delta","delta":{"text":{"a":1}}}\n\n""")]
    [TestCase("JSON lines", "no json\n")]
    [TestCase("JSON lines", """\RS{\n\RS{}\n""")]
    public async Task Event_that_is_not_as_described_is_malformed(string format, string body)
    {
        await using var server = Server(format, body + "\n{}\n", cut: false);

        await Assert.ThatAsync(() => Tokens(server, format), Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.MalformedEvent));
    }

    [Test, CancelAfter(10_000)]
    public async Task Event_that_completes_the_stream_ends_it_without_waiting_for_the_server(CancellationToken cancellationToken)
    {
        await using var server = RawServer.StreamingThenSilent(Unescape("""data: {"type":"content_block_delta","delta":{"text":"a"}}\n\n""" + Stop));

        Assert.That(await Tokens(server, "messages", cancellationToken), Is.EqualTo("a"));
        Assert.That(await Chunks(server, "messages", cancellationToken), Is.EqualTo(2));
    }

    [Test]
    public async Task Stream_that_a_query_asks_for_has_its_flag_and_no_body()
    {
        await using var server = RawServer.Streaming(Unescape("""data: {"text":"a","finish_reason":"stop"}\n\n"""));
        var format = new StreamFormat(text: ["text"], finishReason: "finish_reason", queryFlag: "stream");

        await foreach (var token in Pipeline(server).StreamTokensAsync(Call(format, "GET"), CancellationToken.None))
        {
            Assert.That(token, Is.EqualTo("a"));
        }

        Assert.That(server.Request.Target, Does.EndWith("?stream=true"));
        Assert.That(server.Request.Header("Accept"), Is.EqualTo("text/event-stream, application/json"));
    }

    private static string Unescape(string text) => text.Replace("\\n", "\n").Replace("\\r", "\r").Replace("\\RS", "\u001e");

    private static RawServer Server(string format, string body, bool cut)
    {
        var type = Formats[format].IsJsonLines ? "application/x-ndjson" : "text/event-stream";
        var bytes = Encoding.UTF8.GetBytes(Unescape(body));
        return RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n", stop);
            foreach (var piece in cut ? bytes.Select(static one => new[] { one }) : [bytes])
            {
                await connection.SendChunkAsync(piece, stop);
            }

            await connection.SendLastChunkAsync(stop);
        });
    }

    private static ApiPipeline Pipeline(RawServer server) => ApiPipeline.Create(Clients.Options(server.Url));

    private static ApiCall Call(StreamFormat format, string method = "POST") => new(new StreamOperation(method, "stream", server: null, format), NoHooks.Instance, options: null);

    private static async Task<string> Tokens(RawServer server, string format, CancellationToken cancellationToken = default)
    {
        using var pipeline = Pipeline(server);
        var tokens = new List<string>();
        await foreach (var token in pipeline.StreamTokensAsync(Call(Formats[format]), cancellationToken))
        {
            tokens.Add(token);
        }

        return string.Join("|", tokens);
    }

    private static async Task<int> Chunks(RawServer server, string format, CancellationToken cancellationToken = default)
    {
        using var pipeline = Pipeline(server);
        var count = 0;
        await foreach (var chunk in pipeline.StreamAsync<JObject>(Call(Formats[format]), cancellationToken))
        {
            count++;
        }

        return count;
    }

    private static async Task<string> Bytes(RawServer server, string format)
    {
        using var pipeline = Pipeline(server);
        using var stream = await pipeline.StreamBytesAsync(Call(Formats[format]), CancellationToken.None);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
