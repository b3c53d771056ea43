using System.Text;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>
/// Data of events that is more or less than an object: plain text, JSON of any kind, nothing at all, a terminator other than
/// <c>[DONE]</c>, and what differs by the name of its event. Every case runs as one piece and byte by byte.
/// </summary>
[CancelAfter(30_000)]
public sealed class StreamDataTests
{
    private static readonly StreamFormat Named = new(completesAtEnd: true, events:
    [
        new StreamEventFormat("piece", text: ["text"]),
        new StreamEventFormat("count"),
        new StreamEventFormat("note"),
        new StreamEventFormat("stop", completes: true),
        new StreamEventFormat("broken", fails: true),
    ]);

    private static readonly Dictionary<string, StreamFormat> Formats = new()
    {
        ["text"] = new StreamFormat(isText: true, completesAtEnd: true),
        ["text to a terminator"] = new StreamFormat(isText: true, requiresDone: true),
        ["raw"] = new StreamFormat(isRaw: true, completesAtEnd: true),
        ["open"] = new StreamFormat(isOpen: true, completesAtEnd: true),
        ["objects"] = new StreamFormat(completesAtEnd: true),
        ["another terminator"] = new StreamFormat(text: ["text"], requiresDone: true, terminator: "[END]"),
        ["named"] = Named,
    };

    [TestCase("text", "data:  a \n\ndata: {\"b\"\ndata: c\n\ndata: \n\n: comment\n\ndata: [1]\n\n", " a |{\"b\"\nc|[1]")]
    [TestCase("text to a terminator", "data: a\n\ndata: [DONE]\n\ndata: b\n\n", "a")]
    [TestCase("another terminator", "data: {\"text\":\"a\"}\n\ndata: [end]\n\ndata: {\"text\":\"b\"}\n\n", "a")]
    [TestCase("named", "event: piece\ndata: {\"text\":\"a\"}\n\nevent: count\ndata: 2\n\nevent: ping\ndata: no json\n\nevent: piece\ndata: {\"text\":\"b\"}\n\nevent: stop\ndata:\n\nevent: piece\ndata: {\"text\":\"c\"}\n\n", "a|b")]
    public async Task Text_is_read(string format, string body, string expected)
        => await ForEachCut(body, async server => Assert.That(await Tokens(server, format), Is.EqualTo(expected)));

    [TestCase("raw", "data: {\"a\":1}\n\ndata: [2]\n\ndata: \"c\"\n\ndata: 4\n\ndata: true\n\n", "{\"a\":1}|[2]|\"c\"|4|true")]
    [TestCase("open", "data: {\"a\":1}\n\ndata: no json\n\nevent: x\ndata: {\"b\"\n\ndata: 2\n\n", "{\"a\":1}|\"no json\"|\"{\\\"b\\\"\"|2")]
    [TestCase("objects", "data: {\"a\":1}\n\ndata:\n\ndata: {\"a\":2}\n\n", "{\"a\":1}|{\"a\":2}")]
    public async Task Chunk_is_read(string format, string body, string expected)
        => await ForEachCut(body, async server => Assert.That(await Chunks(server, format), Is.EqualTo(expected)));

    [TestCase("event: piece\ndata: {\"text\":\"a\"}\n\nevent: piece\ndata: {\"text\":\"b\"}\n\nevent: count\ndata: 2\n\nevent: note\ndata: a note\n\n", "piece={\"text\":\"a\"}|piece={\"text\":\"b\"}|count=2|note=\"a note\"")]
    [TestCase("event: ping\ndata: {\"x\":1}\n\nevent: tick\ndata: tock\n\nevent: nothing\ndata:\n\n", "ping={\"x\":1}|tick=\"tock\"|nothing=\"\"")]
    [TestCase("data: {\"x\":1}\n\nevent: stop\ndata: {\"y\":2}\n\nevent: ping\ndata: {\"z\":3}\n\n", "message={\"x\":1}|stop={\"y\":2}")]
    [TestCase("event: stop\ndata:\n\nevent: ping\ndata: {}\n\n", "stop=\"\"")]
    [TestCase("event: count\ndata: null\n\n", "count=null")]
    [TestCase("event:\ndata: {\"x\":1}\n\nevent\ndata: {\"y\":2}\n\nevent: count\nevent: \ndata: {\"z\":3}\n\nevent: ping\ndata: {}\n\n", "message={\"x\":1}|message={\"y\":2}|message={\"z\":3}|ping={}")]
    public async Task Event_is_read_with_its_name(string body, string expected)
        => await ForEachCut(body, async server => Assert.That(await Events(server), Is.EqualTo(expected)));

    [TestCase("text", "event: error\ndata: it broke\n\n", TogetherAIStreamFailure.ServerError)]
    [TestCase("text", "event: error\ndata: {\"error\":{\"message\":\"it broke\"}}\n\n", TogetherAIStreamFailure.ServerError)]
    [TestCase("text to a terminator", "data: a\n\n", TogetherAIStreamFailure.Incomplete)]
    [TestCase("another terminator", "data: {\"text\":\"a\"}\n\ndata: [DONE]\n\n", TogetherAIStreamFailure.MalformedEvent)]
    [TestCase("another terminator", "data: {\"text\":\"a\"}\n\n", TogetherAIStreamFailure.Incomplete)]
    [TestCase("named", "event: piece\ndata: no json\n\nevent: ping\ndata: {}\n\n", TogetherAIStreamFailure.MalformedEvent)]
    [TestCase("named", "event: piece\ndata: {\"text\":{}}\n\nevent: ping\ndata: {}\n\n", TogetherAIStreamFailure.MalformedEvent)]
    [TestCase("named", "data: no json\n\nevent: ping\ndata: {}\n\n", TogetherAIStreamFailure.MalformedEvent)]
    [TestCase("named", "event:\ndata: no json\n\nevent: ping\ndata: {}\n\n", TogetherAIStreamFailure.MalformedEvent)]
    [TestCase("named", "event: broken\ndata:\n\n", TogetherAIStreamFailure.ServerError)]
    [TestCase("named", "event: ping\ndata: {\"a", TogetherAIStreamFailure.Incomplete)]
    [TestCase("open", "data: {\"a", TogetherAIStreamFailure.Incomplete)]
    [TestCase("open", "event: error\ndata: it broke\n\n", TogetherAIStreamFailure.ServerError)]
    public async Task Stream_fails(string format, string body, TogetherAIStreamFailure failure)
        => await ForEachCut(body, async server => await Assert.ThatAsync(() => Tokens(server, format), Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(failure)));

    [TestCase("objects", "data: [1]\n\ndata: {}\n\n")]
    [TestCase("raw", "data: no json\n\ndata: {}\n\n")]
    public async Task Chunk_that_is_not_as_described_is_malformed(string format, string body)
        => await ForEachCut(body, async server => await Assert.ThatAsync(() => Chunks(server, format), Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.MalformedEvent)));

    [TestCase(1000)]
    [TestCase(1001)]
    [TestCase(200_000)]
    public async Task Text_larger_than_the_limit_is_refused_and_one_of_the_limit_is_read(int length)
    {
        await using var server = RawServer.Streaming($"data: {new string('a', length)}\n\n");
        using var pipeline = ApiPipeline.Create(Clients.Options(server.Url, static options => options.MaxEventBytes = 1000));

        await Assert.ThatAsync(
            () => Joined(pipeline.StreamTokensAsync(Call(Formats["text"]), CancellationToken.None), static text => text),
            length == 1000 ? Throws.Nothing : Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.EventTooLarge));
    }

    private static async Task ForEachCut(string body, Func<RawServer, Task> test)
    {
        foreach (var isCut in new[] { false, true })
        {
            await using var server = RawServer.Streaming(isCut ? Frames.ByteByByte(body) : [Encoding.UTF8.GetBytes(body)]);
            await test(server);
        }
    }

    private static ApiCall Call(StreamFormat format) => new(new StreamOperation("GET", "stream", server: null, format), NoHooks.Instance, options: null);

    private static async Task<string> Tokens(RawServer server, string format)
    {
        using var pipeline = ApiPipeline.Create(Clients.Options(server.Url));
        return await Joined(pipeline.StreamTokensAsync(Call(Formats[format]), CancellationToken.None), static text => text);
    }

    private static async Task<string> Chunks(RawServer server, string format)
    {
        using var pipeline = ApiPipeline.Create(Clients.Options(server.Url));
        return await Joined(pipeline.StreamAsync<JToken>(Call(Formats[format]), CancellationToken.None), static json => json.ToString(Newtonsoft.Json.Formatting.None));
    }

    private static async Task<string> Events(RawServer server)
    {
        using var pipeline = ApiPipeline.Create(Clients.Options(server.Url));
        return await Joined(
            pipeline.StreamAsync(Call(Named), static data => $"{data.Name}={data.Json.ToString(Newtonsoft.Json.Formatting.None)}", CancellationToken.None),
            static text => text);
    }

    private static async Task<string> Joined<T>(IAsyncEnumerable<T> values, Func<T, string> text)
    {
        var texts = new List<string>();
        await foreach (var value in values)
        {
            texts.Add(text(value));
        }

        return string.Join("|", texts);
    }
}
