using System.IO.Compression;
using System.Net;
using System.Text;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>Content codings, for every HTTP stack alike.</summary>
[CancelAfter(30_000)]
public sealed class CompressionTests
{
    private static readonly string[] Codings =
    [
        "gzip", "GZIP", "x-gzip", "deflate", "deflate (bare)", "gzip, deflate", "identity",
#if !NETSTANDARD_CLIENT
        "br",
#endif
    ];

    [Test]
    public async Task Compressed_answer_is_read_with_any_HTTP_stack(
        [ValueSource(nameof(Codings))] string coding, [ValueSource(typeof(Calls), nameof(Calls.All))] Call call, [Values] Stack stack)
    {
        var answer = call == Call.Run ? Answers.RunBody : Frames.Text(" 4") + Frames.Done;
        await using var server = Serving(coding, call == Call.Run ? "application/json" : "text/event-stream", Encoding.UTF8.GetBytes(answer));
        using var handler = new SocketsHttpHandler { AutomaticDecompression = stack == Stack.Decompressing ? DecompressionMethods.All : DecompressionMethods.None };
        using var httpClient = new HttpClient(handler);
        using var client = stack == Stack.Own ? Clients.For(server) : Clients.For(server, httpClient);

        Assert.That(await ReadAsync(client, call), Is.EqualTo(call == Call.StreamBytes ? answer : " 4"));
    }

    [Test]
    public async Task Compressed_event_arrives_when_the_server_has_sent_it(CancellationToken cancellationToken)
    {
        var taken = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop, "Content-Type: text/event-stream\r\nContent-Encoding: gzip\r\n");
            using var buffer = new MemoryStream();
            using var gzip = new GZipStream(buffer, CompressionLevel.Fastest);
            foreach (var frame in new[] { Frames.Text("a"), Frames.Text("b") + Frames.Done })
            {
                gzip.Write(Encoding.UTF8.GetBytes(frame));
                gzip.Flush();
                await connection.SendChunkAsync(buffer.ToArray(), stop);
                buffer.SetLength(0);
                await taken.Task.WaitAsync(stop);
            }
        });
        using var client = Clients.For(server);
        var texts = new List<string>();

        await foreach (var text in client.StreamTokensAsync(Clients.Request, cancellationToken: cancellationToken))
        {
            texts.Add(text);
            taken.TrySetResult();
        }

        Assert.That(texts, Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task Compressed_error_body_is_read()
    {
        var body = Encode("gzip", "{\"error\":\"why\"}"u8.ToArray());
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync($"HTTP/1.1 400 Status\r\nContent-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n", stop);
            await connection.SendAsync(body, stop);
        });
        using var client = Clients.For(server);

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request),
            Throws.TypeOf<TogetherAIInvalidRequestException>().With.Property("ServerMessage").EqualTo("why"));
    }

    [Test]
    public async Task Broken_or_unknown_compression_is_our_exception(
        [Values("gzip", "deflate", "br", "zstd", "no-such-coding")] string coding, [ValueSource(typeof(Calls), nameof(Calls.All))] Call call)
    {
        byte[] garbage = [0xFF, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B];
        var headers = $"Content-Type: {(call == Call.Run ? "application/json" : "text/event-stream")}\r\nContent-Encoding: {coding}\r\n";
        await using var server = RawServer.Start((connection, _, stop) => connection.SendAsync(Answers.Bytes(garbage, headers), stop));
        using var client = Clients.For(server);

        await Assert.ThatAsync(
            () => client.CompleteAsync(call),
            call == Call.Run
                ? Throws.TypeOf<TogetherAIInvalidResponseException>().With.Message.Contains("compression")
                : Throws.TypeOf<TogetherAIStreamException>().With.Message.Contains("compression").And.Property("Failure").EqualTo(TogetherAIStreamFailure.MalformedEvent));
    }

    [Test]
    public async Task Broken_compression_of_an_error_body_leaves_the_status([Values("gzip", "br", "no-such-coding")] string coding)
    {
        await using var server = RawServer.Answering($"HTTP/1.1 403 Status\r\nContent-Encoding: {coding}\r\nContent-Length: 4\r\n\r\nabcd");
        using var client = Clients.For(server);

        await Assert.ThatAsync(() => client.RunAsync(Clients.Request), Throws.TypeOf<TogetherAIPermissionException>());
    }

    private static RawServer Serving(string coding, string contentType, byte[] body)
    {
        var encoded = Encode(coding, body);
        var headers = $"Content-Type: {contentType}\r\nContent-Encoding: {coding.Replace(" (bare)", "")}\r\n";
        return RawServer.Start((connection, _, stop) => connection.SendAsync(Answers.Bytes(encoded, headers), stop));
    }

    private static byte[] Encode(string coding, byte[] body)
    {
        foreach (var one in coding.Split(", "))
        {
            using var encoded = new MemoryStream();
            using (var encoder = Encoder(one, encoded))
            {
                encoder.Write(body);
            }

            body = encoded.ToArray();
        }

        return body;
    }

    // A closed MemoryStream still gives its bytes.
    private static Stream Encoder(string coding, Stream encoded) => coding.ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => new GZipStream(encoded, CompressionLevel.Fastest),
        "deflate" => new ZLibStream(encoded, CompressionLevel.Fastest),
        "deflate (bare)" => new DeflateStream(encoded, CompressionLevel.Fastest),
        "br" => new BrotliStream(encoded, CompressionLevel.Fastest),
        _ => encoded,
    };

    private static async Task<string> ReadAsync(TogetherAIInferenceClient client, Call call)
    {
        switch (call)
        {
            case Call.Run:
                return (await client.RunAsync(Clients.Request)).Output.Choices![0].Text!;
            case Call.StreamBytes:
                using (var reader = new StreamReader(await client.StreamBytesAsync(Clients.Request)))
                {
                    return await reader.ReadToEndAsync();
                }

            case Call.Stream:
                return string.Concat((await client.StreamAsync(Clients.Request).ToListAsync()).Select(chunk => chunk.Choices![0].Text));
            default:
                return string.Concat(await client.StreamTokensAsync(Clients.Request).ToListAsync());
        }
    }

    public enum Stack
    {
        Own,
        Plain,
        Decompressing,
    }
}
