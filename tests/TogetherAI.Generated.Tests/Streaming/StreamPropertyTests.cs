using System.Text;
using CsCheck;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>What holds for any stream: it reads the same however it is cut, and garbage never does worse than fail.</summary>
[CancelAfter(300_000)]
public sealed class StreamPropertyTests
{
    private static readonly Gen<string> Text =
        Gen.OneOf("a", " ", "é", "日", "\ud83d\ude00", "\"", "\\", "\n", "\r", "\0", "</s>", "[DONE]", "data: ", "error").Array[0, 6].Select(string.Concat);

    private static readonly Gen<string> Between = Gen.OneOf("", "", ": ping\n\n", "event: message\n", "id: 1\n", "\n\n", ":\n");

    private static readonly Gen<(string[] Texts, byte[] Wire)> ValidStream =
        from texts in Text.Array[0, 8]
        from between in Between.Array[8]
        from mark in Gen.OneOf("", "\ufeff")
        from lineEnd in Gen.OneOf("\n", "\r", "\r\n")
        from end in Gen.OneOf("data: [DONE]\n\n", "data:[done]\n", "data: {\"choices\":[],\"usage\":{}}\n\n", "\n[DONE]\n")
        select (texts, Encoding.UTF8.GetBytes(mark + (string.Concat(texts.Select((text, i) => between[i] + Frames.Text(text))) + end).Replace("\n", lineEnd)));

    private static readonly Gen<byte[]> Garbage = Gen.OneOf(
        Gen.Byte.Array[0, 200],
        Gen.OneOf(
            Gen.OneOf(
                "data: ", "data:", "event: error\n", "event: x\n", "\n", "\n\n", "\r", "\r\n", ":", "[DONE]", "{", "}", "[", "]", ",", "\"", "\\", "\\u", "d83d",
                "\"choices\":", "\"text\":", "\"error\":", "\"finish_reason\":", "\"usage\":", "\"index\":", "\"token\":", "\"logprob\":", "\"id\":", "null", "true", "1e999",
                "9999999999999999999999", "-", "0", "\ufeff", "{\"choices\":[{\"text\":\"a\"}]}", "{\"choices\":[{\"text\":\"b\"", "}],\"x\":1}", "\"$type\":", "\"a\"")
                .Select(Encoding.UTF8.GetBytes),
            Gen.Byte.Array[1, 3]).Array[0, 40].Select(parts => parts.SelectMany(part => part).ToArray()));

    [Test]
    public Task Valid_stream_cut_anywhere_yields_the_same_texts()
        => ValidStream.Select(Gen.Int[1, 20].Array[0, 40]).SampleAsync(async (stream, cuts) =>
        {
            var texts = await FedWith(Cut(stream.Wire, cuts)).StreamTokensAsync(Clients.Request).ToListAsync();
            var chunks = await FedWith(Cut(stream.Wire, cuts)).StreamAsync(Clients.Request).ToListAsync();

            return texts.SequenceEqual(stream.Texts.Where(text => text.Length > 0))
                && string.Concat(texts) == string.Concat(chunks.Select(TextOf));
        }, iter: 1000, threads: 1);

    [Test]
    public Task Valid_stream_cut_anywhere_gives_exactly_its_bytes()
        => ValidStream.Select(Gen.Int[1, 20].Array[0, 40]).SampleAsync(async (stream, cuts) =>
        {
            using var received = new MemoryStream();
            using var bytes = await FedWith(Cut(stream.Wire, cuts)).StreamBytesAsync(Clients.Request);
            await bytes.CopyToAsync(received);
            return received.ToArray().AsSpan().SequenceEqual(stream.Wire);
        }, iter: 200, threads: 1);

    [Test]
    public Task Garbage_in_a_stream_ends_cleanly_or_as_our_exception_and_alike_for_any_cut()
        => Garbage.Select(Gen.Int[1, 20].Array[0, 40]).SampleAsync(async (wire, cuts) =>
        {
            var texts = await OutcomeAsync(FedWith([wire]).StreamTokensAsync(Clients.Request));
            var textsOfCut = await OutcomeAsync(FedWith(Cut(wire, cuts)).StreamTokensAsync(Clients.Request));
            var chunks = await OutcomeAsync(FedWith([wire]).StreamAsync(Clients.Request).Select(TextOf));
            var chunksOfCut = await OutcomeAsync(FedWith(Cut(wire, cuts)).StreamAsync(Clients.Request).Select(TextOf));

            return texts == textsOfCut && chunks == chunksOfCut;
        }, iter: 3000, threads: 1, print: static sample => $"{TestContext.CurrentContext.Test.Name}: {Convert.ToBase64String(sample.Item1)} cut by {string.Join(',', sample.Item2)}");

    [TestCase(200)]
    [TestCase(400)]
    public async Task Garbage_as_a_whole_answer_is_a_response_or_our_exception(int status)
    {
        byte[] body = [];
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync($"HTTP/1.1 {status} Status\r\nContent-Length: {body.Length}\r\n\r\n", stop);
            await connection.SendAsync(body, stop);
        });
        using var client = Clients.For(server);

        await Garbage.SampleAsync(async garbage =>
        {
            body = garbage;
            try
            {
                await client.RunAsync(Clients.Request);
            }
            catch (TogetherAIException)
            {
                // What is promised.
            }
        }, iter: 1000, threads: 1);
    }

    private static string TextOf(InferenceChunk chunk) => chunk.Choices?.FirstOrDefault()?.Text ?? "";

    private static TogetherAIInferenceClient FedWith(IEnumerable<byte[]> pieces) => new FedStream([.. pieces, []]).Client();

    private static IEnumerable<byte[]> Cut(byte[] wire, int[] cuts)
    {
        var start = 0;
        foreach (var length in cuts.TakeWhile(_ => start < wire.Length))
        {
            var end = Math.Min(start + length, wire.Length);
            yield return wire[start..end];
            start = end;
        }

        if (start < wire.Length)
        {
            yield return wire[start..];
        }
    }

    private static async Task<string> OutcomeAsync(IAsyncEnumerable<string> stream)
    {
        var texts = new StringBuilder();
        try
        {
            await foreach (var text in stream)
            {
                texts.Append(text).Append('|');
            }
        }
        catch (TogetherAIStreamException exception)
        {
            texts.Append(exception.Failure);
        }

        return texts.ToString();
    }
}
