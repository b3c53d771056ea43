using System.Text;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>When a stream sends its request, when it closes its connection, and what its three forms have in common.</summary>
[CancelAfter(30_000)]
public sealed class StreamLifetimeTests
{
    [TestCase(Call.Stream)]
    [TestCase(Call.StreamTokens)]
    public async Task Stream_sends_its_request_when_enumeration_starts(Call call)
    {
        await using var server = Calls.Server();
        using var client = Clients.For(server);

        var enumeration = Enumerate(client, call);
        var before = server.ConnectionCount;
        await enumeration();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Zero);
            Assert.That(server.Requests, Has.Count.EqualTo(1));
        }
    }

    [TestCase(Call.Stream)]
    [TestCase(Call.StreamTokens)]
    public async Task Stream_enumerated_twice_sends_two_requests_with_the_same_body(Call call)
    {
        await using var server = Calls.Server();
        using var client = Clients.For(server);
        var enumeration = Enumerate(client, call);

        await enumeration();
        await enumeration();

        Assert.That(server.Requests.Select(request => request.Body).ToList(), Has.Count.EqualTo(2).And.All.EqualTo(server.Requests[0].Body));
    }

    [Test]
    public async Task Stream_yields_each_event_before_the_next_is_sent(CancellationToken cancellationToken)
    {
        using var taken = new SemaphoreSlim(0);
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            foreach (var text in new[] { "a", "b", "c" })
            {
                await connection.SendChunkAsync(Frames.Text(text), stop);
                await taken.WaitAsync(stop);
            }

            await connection.SendChunkAsync(Frames.Done, stop);
        });
        using var client = Clients.For(server);
        var texts = new List<string>();

        await foreach (var text in client.StreamTokensAsync(Clients.Request, cancellationToken: cancellationToken))
        {
            texts.Add(text);
            taken.Release();
        }

        Assert.That(texts, Is.EqualTo(new[] { "a", "b", "c" }));
    }

    [Test]
    public async Task Leaving_a_stream_early_closes_its_connection([Values] bool ownHttpClient, [ValueSource(typeof(Calls), nameof(Calls.Streams))] Call call, CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.SendChunkAsync(Frames.Text("a"), stop);
            await connection.WaitForCloseAsync(stop);
            closed.SetResult();
        });
        using var httpClient = new HttpClient();
        using var client = ownHttpClient ? Clients.For(server) : Clients.For(server, httpClient);

        await client.TakeOneAsync(call, cancellationToken);

        await Assert.ThatAsync(() => closed.Task.WaitAsync(cancellationToken), Throws.Nothing);
    }

    // Some HTTP stacks read on for two seconds, in order to use the connection again: one that did would find the end and
    // keep the connection.
    [Test]
    public async Task Leaving_a_stream_early_stops_a_server_that_goes_on_sending([Values] bool ownHttpClient, [ValueSource(typeof(Calls), nameof(Calls.Streams))] Call call, CancellationToken cancellationToken)
    {
        var left = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.SendChunkAsync(Frames.Text("a"), stop);
            await left.Task.WaitAsync(stop);
            try
            {
                await connection.SendChunkAsync(Frames.Text("b"), stop);
                await connection.SendLastChunkAsync(stop);
            }
            catch (IOException)
            {
                // The client has closed.
            }

            await connection.WaitForCloseAsync(stop);
            closed.SetResult();
        });
        using var httpClient = new HttpClient();
        using var client = ownHttpClient ? Clients.For(server) : Clients.For(server, httpClient);

        await client.TakeOneAsync(call, cancellationToken);
        left.SetResult();

        await Assert.ThatAsync(() => closed.Task.WaitAsync(cancellationToken), Throws.Nothing);
    }

    [Test]
    public async Task Stream_that_ended_with_done_leaves_its_connection_to_the_next_call(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Calls.Answer(Call.StreamTokens));
        using var client = Clients.For(server);

        for (var i = 0; i < 3; i++)
        {
            await client.StreamTokensAsync(Clients.Request, cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        }

        Assert.That(server.ConnectionCount, Is.EqualTo(1));
    }

    [Test]
    public async Task StreamTokens_joined_equals_the_joined_texts_of_the_first_choices()
    {
        await using var server = RawServer.Streaming(
            Frames.Text(""), Frames.Text(" a\"\\\n\ud83d\ude00"), Frames.Data("{\"choices\":[{\"text\":\"\\ud83d\"},{\"text\":\"other\"}]}"),
            Frames.Data("{\"choices\":[]}"), Frames.Text("\u2028</s>"), Frames.Last("end"), Frames.Done);
        using var client = Clients.For(server);

        var tokens = await client.StreamTokensAsync(Clients.Request).ToListAsync();
        var chunks = await client.StreamAsync(Clients.Request).ToListAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Concat(tokens), Is.EqualTo(string.Concat(chunks.Select(chunk => chunk.Choices!.FirstOrDefault()?.Text))));
            Assert.That(tokens, Has.None.Empty.And.Contain("\u2028</s>"));
        }
    }

    [Test]
    public async Task Stream_gives_the_last_chunk_with_its_totals()
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), Frames.Last("b"), Frames.Done);
        using var client = Clients.For(server);

        var chunks = await client.StreamAsync(Clients.Request).ToListAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chunks[0].Usage, Is.Null);
            Assert.That(chunks[0].Id, Is.EqualTo("req-1"));
            Assert.That(chunks[1].GeneratedText, Is.EqualTo("all"));
            Assert.That(chunks[1].Usage!.TotalTokens, Is.EqualTo(3));
        }
    }

    [Test]
    public async Task StreamBytes_gives_exactly_the_bytes_of_the_server(CancellationToken cancellationToken)
    {
        byte[] sent = [.. "\ufeff: é\r\n\r\n"u8, .. Encoding.UTF8.GetBytes(Frames.Text("a") + Frames.Done), 0, 255, 254, .. "after done"u8];
        await using var server = RawServer.Streaming([.. sent.Chunk(5)]);
        using var client = Clients.For(server);

        using var stream = await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellationToken);
        using var received = new MemoryStream();
        await stream.CopyToAsync(received, cancellationToken);

        Assert.That(received.ToArray(), Is.EqualTo(sent));
    }

    [Test]
    public async Task StreamBytes_read_synchronously_gives_the_same_bytes()
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), Frames.Done);
        using var client = Clients.For(server);

        using var reader = new StreamReader(await client.StreamBytesAsync(Clients.Request));

        Assert.That(ReadSynchronously(reader), Is.EqualTo(Frames.Text("a") + Frames.Done));
    }

    [TestCase("Model")]
    [TestCase("Prompt")]
    public void Stream_with_a_wrong_request_fails_at_the_call_and_not_in_the_loop(string field)
    {
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { ApiKey = Clients.Key });
        var request = Clients.Request;
        typeof(InferenceRequest).GetProperty(field)!.SetValue(request, null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => client.StreamTokensAsync(request), Throws.ArgumentException.With.Message.Contains(field));
            Assert.That(() => client.StreamAsync(request), Throws.ArgumentException.With.Message.Contains(field));
            Assert.That(() => client.StreamTokensAsync(null!), Throws.ArgumentNullException);
            Assert.That(() => client.StreamAsync(null!), Throws.ArgumentNullException);
        }
    }

    private static string ReadSynchronously(StreamReader reader) => reader.ReadToEnd();

    private static Func<Task> Enumerate(TogetherAIInferenceClient client, Call call)
    {
        if (call == Call.Stream)
        {
            var chunks = client.StreamAsync(Clients.Request);
            return () => chunks.ToListAsync().AsTask();
        }

        var texts = client.StreamTokensAsync(Clients.Request);
        return () => texts.ToListAsync().AsTask();
    }
}
