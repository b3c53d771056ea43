using System.Text;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>The event-stream format: line ends, cuts, comments, fields and ends, each as bytes on a socket.</summary>
[CancelAfter(30_000)]
public sealed class StreamFormatTests
{
    private static readonly string[] LineEnds = ["\n", "\r", "\r\n"];

    [Test]
    public async Task Stream_with_any_line_end_whole_or_byte_by_byte_yields_the_same_texts(
        [ValueSource(nameof(LineEnds))] string lineEnd, [Values] bool byteByByte, CancellationToken cancellationToken)
    {
        var wire = (Frames.Text("né") + Frames.Text("日本 \ud83d\ude00") + Frames.Last("!") + Frames.Done).Replace("\n", lineEnd);
        await using var server = RawServer.Streaming(byteByByte ? Frames.ByteByByte(wire) : [Encoding.UTF8.GetBytes(wire)]);

        var texts = await TextsAsync(server, cancellationToken);

        Assert.That(texts, Is.EqualTo(new[] { "né", "日本 \ud83d\ude00", "!" }));
    }

    [Test]
    public async Task Stream_with_any_line_end_yields_an_event_at_once_and_ends_at_done_with_the_connection_open(
        [ValueSource(nameof(LineEnds))] string lineEnd, CancellationToken cancellationToken)
    {
        var taken = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.SendChunkAsync(Frames.Text("a").Replace("\n", lineEnd), stop);
            await taken.Task.WaitAsync(stop);
            await connection.SendChunkAsync(Frames.Done.Replace("\n", lineEnd), stop);
            await connection.WaitForCloseAsync(stop);
        });
        using var client = Clients.For(server);
        var texts = new List<string>();

        await foreach (var text in client.StreamTokensAsync(Clients.Request, cancellationToken: cancellationToken))
        {
            texts.Add(text);
            taken.TrySetResult();
        }

        Assert.That(texts, Is.EqualTo(new[] { "a" }));
    }

    [TestCase((byte)0xC3, TestName = "Stream_cut_inside_a_character_of_two_bytes_yields_it_whole")]
    [TestCase((byte)0xF0, TestName = "Stream_cut_inside_a_character_of_four_bytes_yields_it_whole")]
    public async Task Stream_cut_inside_a_character_yields_it_whole(byte last)
    {
        await using var server = RawServer.Streaming(Frames.CutAfter(Frames.Text("né\ud83d\ude00") + Frames.Done, last));

        var texts = await TextsAsync(server);

        Assert.That(texts, Is.EqualTo(new[] { "né\ud83d\ude00" }));
    }

    [Test]
    public async Task Stream_cut_inside_a_carriage_return_and_line_feed_yields_each_event_once()
    {
        var wire = (Frames.Text("a") + Frames.Text("b") + Frames.Done).Replace("\n", "\r\n");
        var pieces = wire.Split('\r').Select((part, index) => index == 0 ? part : part).ToArray();
        await using var server = RawServer.Streaming([.. pieces.Select((part, index) => Encoding.UTF8.GetBytes(index < pieces.Length - 1 ? part + "\r" : part))]);

        var texts = await TextsAsync(server);

        Assert.That(texts, Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task Stream_cut_at_every_single_position_yields_the_same_texts(CancellationToken cancellationToken)
    {
        var wire = Encoding.UTF8.GetBytes((": é\n\n" + Frames.Text("é") + Frames.Done).Replace("\n", "\r\n"));
        var cut = 0;
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.SendChunkAsync(wire[..cut], stop);
            await connection.SendChunkAsync(wire[cut..], stop);
            await connection.SendLastChunkAsync(stop);
        });

        for (cut = 1; cut < wire.Length; cut++)
        {
            Assert.That(await TextsAsync(server, cancellationToken), Is.EqualTo(new[] { "é" }), $"cut after byte {cut}");
        }
    }

    [TestCase("\ufeff", TestName = "Stream_with_a_byte_order_mark_yields_the_first_event_too")]
    [TestCase(": ping\n\n", TestName = "Stream_with_a_comment_first_yields_every_event")]
    [TestCase(":\n:\n\n\n\n", TestName = "Stream_with_empty_comments_and_blank_lines_yields_every_event")]
    [TestCase("event: message\nid: 7\nretry: 3000\n", TestName = "Stream_with_event_id_and_retry_lines_yields_every_event")]
    [TestCase("event: anything\n", TestName = "Stream_with_an_unknown_event_type_yields_every_event")]
    [TestCase("event: ping\n\n", TestName = "Stream_with_an_event_without_data_skips_it")]
    [TestCase("data:\n\n", TestName = "Stream_with_an_event_of_empty_data_skips_it")]
    [TestCase("data: : OPENROUTER PROCESSING\n\n", TestName = "Stream_with_a_comment_passed_on_as_data_skips_it")]
    [TestCase("unknown: field\nanother\n", TestName = "Stream_with_unknown_fields_yields_every_event")]
    public async Task Stream_with_something_before_its_first_event(string before)
    {
        foreach (var pieces in new[] { [Encoding.UTF8.GetBytes(before + Frames.Text("a") + Frames.Done)], Frames.ByteByByte(before + Frames.Text("a") + Frames.Done) })
        {
            await using var server = RawServer.Streaming(pieces);

            Assert.That(await TextsAsync(server), Is.EqualTo(new[] { "a" }));
        }
    }

    [TestCase("data:{\"choices\":[{\"text\":\"a\"}]}\n\n", TestName = "Data_without_a_space_is_read")]
    [TestCase("data: {\"choices\":\ndata: [{\"text\":\ndata: \"a\"}]}\n\n", TestName = "Data_over_several_lines_is_one_event")]
    [TestCase("data:   {\"choices\":[{\"text\":\"a\"}]}  \t \n\n", TestName = "Data_with_white_space_around_it_is_read")]
    [TestCase("data: {\"choices\":[{\"text\":\"a\",\"new\":{\"deep\":[1]}}],\"later\":1}\n\n", TestName = "Data_with_unknown_fields_is_read")]
    [TestCase("data: {\"choices\":[{\"\\u0074ext\":\"\\u0061\"}]}\n\n", TestName = "Data_with_escaped_names_and_texts_is_read")]
    [TestCase("data: {\"choices\":[{\"text\":\"a\",\"finish_reason\":\"a_new_word\"}]}\n\n", TestName = "Data_with_an_unknown_finish_reason_is_read")]
    [TestCase("data: {\"choices\":[{\"text\":\"a\",\"finish_reason\":\"\"}],\"error\":null}\n\n", TestName = "Data_with_an_empty_finish_reason_is_read")]
    [TestCase("data: {\"choices\":[{\"text\":\"a\",\"finish_reason\":7,\"error\":\"\"}],\"error\":false}\n\n", TestName = "Data_with_errors_that_say_none_is_read")]
    [TestCase("data: {\"choices\":[{\"text\":\"a\"},{\"text\":\"second\"}]}\n\n", TestName = "Data_with_two_choices_gives_the_text_of_the_first")]
    [TestCase("data: {\"choices\":[{\"text\":\"a\"}],\"details\":{\"seed\":18446744073709551617}}\n\n", TestName = "Data_with_a_seed_beyond_64_bits_is_read")]
    [TestCase("data: {\"choices\":[{\"text\":\"a\"}],\"token\":{\"id\":1.0,\"logprob\":0}}\n\n", TestName = "Data_with_integers_written_as_floats_is_read")]
    public async Task Data_in_another_form(string frame)
    {
        await using var server = RawServer.Streaming(frame, Frames.Done);

        var chunks = await ChunksAsync(server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chunks.Select(chunk => chunk.Choices![0].Text), Is.EqualTo(new[] { "a" }));
            Assert.That(await TextsAsync(server), Is.EqualTo(new[] { "a" }));
        }
    }

    [TestCase("{}")]
    [TestCase("{\"choices\":null}")]
    [TestCase("{\"choices\":[]}")]
    [TestCase("{\"choices\":[],\"usage\":{\"prompt_tokens\":1}}")]
    [TestCase("{\"choices\":[null]}")]
    [TestCase("{\"choices\":[{}]}")]
    [TestCase("{\"choices\":[{\"text\":null}]}")]
    [TestCase("{\"choices\":[{\"text\":\"\"}]}")]
    public async Task Chunk_without_text_is_a_chunk_but_no_token(string data)
    {
        await using var server = RawServer.Streaming(Frames.Data(data), Frames.Text("a"), Frames.Done);

        var chunks = await ChunksAsync(server);
        var texts = await TextsAsync(server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chunks, Has.Count.EqualTo(2));
            Assert.That(texts, Is.EqualTo(new[] { "a" }));
        }
    }

    [TestCase("data: [DONE]\n\n")]
    [TestCase("data: [DONE]\n")]
    [TestCase("data: [DONE]")]
    [TestCase("data:[done]\n\n")]
    [TestCase("data: [Done] \n\n")]
    [TestCase("event: done\ndata: [DONE]\n\n")]
    [TestCase("[DONE]")]
    [TestCase("[DONE]\n")]
    [TestCase("[DONE]\n\n")]
    [TestCase("[done]\r\n\r\n")]
    public async Task Done_in_any_form_completes_the_stream(string done)
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), done);

        Assert.That(await TextsAsync(server), Is.EqualTo(new[] { "a" }));
    }

    [TestCase("data: [DONE]\n\n")]
    [TestCase("[DONE]\n")]
    [TestCase("\ufeffdata: [DONE]\n\n")]
    [TestCase("\ufeff[DONE]\n")]
    public async Task Done_alone_is_a_complete_stream_without_texts(string done)
    {
        foreach (var pieces in new[] { [Encoding.UTF8.GetBytes(done)], Frames.ByteByByte(done) })
        {
            using var client = new FedStream([.. pieces, []]).Client();

            Assert.That(await client.StreamTokensAsync(Clients.Request).ToListAsync(), Is.Empty);
        }
    }

    [TestCase("data: {\"choices\":[{\"text\":\"late\"}]}\n\n")]
    [TestCase("data: no json\n\n")]
    [TestCase("data: {\"error\":\"late\"}\n\n")]
    [TestCase("\0\0\0")]
    public async Task Data_after_done_is_ignored(string late)
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), Frames.Done, late);

        Assert.That(await TextsAsync(server), Is.EqualTo(new[] { "a" }));
    }

    [TestCase("data: [DONE]\n\n")]
    [TestCase("[DONE]\n")]
    public async Task Done_ends_the_stream_while_the_server_keeps_the_connection_open(string done)
    {
        await using var server = RawServer.StreamingThenSilent(Frames.Text("a"), done);

        Assert.That(await TextsAsync(server), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task Last_event_without_its_blank_line_is_read_whatever_its_length([Range(1000, 1040)] int length)
    {
        var frame = Frames.Last(new string('x', length)).TrimEnd('\n');
        await using var server = RawServer.Streaming(frame);

        Assert.That(string.Concat(await TextsAsync(server)), Has.Length.EqualTo(length));
    }

    [TestCase("text/event-stream")]
    [TestCase("Text/Event-Stream; Charset=UTF-8")]
    [TestCase("application/octet-stream")]
    [TestCase(null)]
    public async Task Stream_with_another_spelling_of_its_type_or_none_is_read(string? type)
    {
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop, type is null ? "" : $"Content-Type: {type}\r\n");
            await connection.SendChunkAsync(Frames.Text("a") + Frames.Done, stop);
            await connection.SendLastChunkAsync(stop);
        });

        Assert.That(await TextsAsync(server), Is.EqualTo(new[] { "a" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Stream_with_a_length_or_ended_by_closing_is_read(bool hasLength)
    {
        var body = Frames.Text("a") + Frames.Done;
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            var length = hasLength ? $"Content-Length: {body.Length}\r\n" : "Connection: close\r\n";
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{length}\r\n{body}", stop);
            connection.Dispose();
        });

        Assert.That(await TextsAsync(server), Is.EqualTo(new[] { "a" }));
    }

    private static async Task<List<string>> TextsAsync(RawServer server, CancellationToken cancellationToken = default)
    {
        using var client = Clients.For(server);
        return await client.StreamTokensAsync(Clients.Request, cancellationToken: cancellationToken).ToListAsync(cancellationToken);
    }

    private static async Task<List<InferenceChunk>> ChunksAsync(RawServer server)
    {
        using var client = Clients.For(server);
        return await client.StreamAsync(Clients.Request).ToListAsync();
    }
}
