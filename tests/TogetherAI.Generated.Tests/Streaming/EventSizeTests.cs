using System.Text;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary><see cref="TogetherAIOptions.MaxEventBytes"/>: memory stays bounded, whatever the server sends.</summary>
[CancelAfter(60_000), NonParallelizable]
public sealed class EventSizeTests
{
    private const int Limit = 1024 * 1024;
    private const long Flood = 512L * 1024 * 1024;

    [TestCase("data: ", TestName = "Event_that_never_ends_is_given_up")]
    [TestCase(": ", TestName = "Comment_that_never_ends_is_given_up")]
    [TestCase("event: ", TestName = "Field_that_never_ends_is_given_up")]
    [TestCase("", TestName = "Line_that_never_ends_is_given_up")]
    public Task Line_without_end(string start) => GivesUpAsync(start, new string('x', 64 * 1024));

    [Test]
    public Task Event_of_endless_lines_is_given_up() => GivesUpAsync("", string.Concat(Enumerable.Repeat("data: xxxxxxxx\r\n", 4096)));

    [TestCase(0)]
    [TestCase(1)]
    public async Task Event_one_byte_larger_than_the_limit_is_refused_and_one_of_the_limit_is_read(int excess)
    {
        var data = """{"choices":[{"text":"VALUE"}]}""";
        data = data.Replace("VALUE", new string('x', 2000 + excess - data.Length + "VALUE".Length));
        await using var server = RawServer.Streaming(Frames.Data(data), Frames.Done);
        using var client = Clients.For(server, options => options.MaxEventBytes = 2000);

        await Assert.ThatAsync(() => client.CompleteAsync(Call.StreamTokens), excess == 0 ? Throws.Nothing : ThrowsTooLarge());
    }

    [Test]
    public async Task Comments_far_beyond_the_limit_are_no_event()
    {
        var comments = string.Concat(Enumerable.Repeat(": keep-alive\n\n", 1000));
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            for (var i = 0; i < 50; i++)
            {
                await connection.SendChunkAsync(i % 2 == 0 ? comments : comments.Replace("\n", "\r\n"), stop);
            }

            await connection.SendChunkAsync(Frames.Text("a") + Frames.Done, stop);
        });
        using var client = Clients.For(server, options => options.MaxEventBytes = 10_000);

        Assert.That(await client.StreamTokensAsync(Clients.Request).ToListAsync(), Is.EqualTo(new[] { "a" }));
    }

    [TestCase(60 * 1024)]
    [TestCase(65 * 1024)]
    [TestCase(200 * 1024)]
    public async Task Event_of_the_limit_after_comments_is_read(int comments)
    {
        var text = new string('x', 990_000);
        await using var server = RawServer.Streaming(": " + new string('c', 999) + "\n", string.Concat(Enumerable.Repeat(": keep-alive\n", comments / 13)), Frames.Text(text), Frames.Done);
        using var client = Clients.For(server, options => options.MaxEventBytes = 1_000_000);

        Assert.That(await client.StreamTokensAsync(Clients.Request).ToListAsync(), Is.EqualTo(new[] { text }));
    }

    [TestCase(Call.Stream)]
    [TestCase(Call.StreamTokens)]
    public async Task Event_of_very_many_values_is_refused_before_it_multiplies(Call call)
    {
        var body = Frames.Data("{\"choices\":[],\"extra\":[" + string.Concat(Enumerable.Repeat("0,", 7_500_000)) + "0]}");
        await using var server = RawServer.Streaming(body);
        using var client = Clients.For(server);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await Assert.ThatAsync(() => client.CompleteAsync(call), ThrowsTooLarge());

        // The test's own server copies the body too.
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(400_000_000));
    }

    [Test]
    public async Task Stream_of_very_many_choices_is_malformed()
    {
        var events = Enumerable.Range(0, 1000).Select(part => Frames.Data("{\"choices\":[" + string.Join(",", Enumerable.Range(0, 100).Select(index => $"{{\"index\":{(part * 100) + index},\"text\":\"a\"}}")) + "]}"));
        await using var server = RawServer.Streaming([.. events, Frames.Done]);
        using var client = Clients.For(server);

        await Assert.ThatAsync(
            () => client.CompleteAsync(Call.StreamTokens),
            Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.MalformedEvent).And.Message.Contains("choices"));
    }

    [Test]
    public async Task Many_events_far_beyond_the_limit_in_all_are_read()
    {
        await using var server = RawServer.Streaming([.. Enumerable.Range(0, 500).Select(_ => Frames.Text(new string('x', 1000))), Frames.Done]);
        using var client = Clients.For(server, options => options.MaxEventBytes = 2000);

        Assert.That(await client.StreamTokensAsync(Clients.Request).ToListAsync(), Has.Count.EqualTo(500));
    }

    private static async Task GivesUpAsync(string start, string block)
    {
        var sent = new TaskCompletionSource<long>();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            var bytes = Encoding.ASCII.GetBytes(block);
            try
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + start, stop);
                while (connection.BytesSent < Flood)
                {
                    await connection.SendAsync(bytes, stop);
                }
            }
            catch (IOException)
            {
                // The client has left.
            }

            sent.SetResult(connection.BytesSent);
        });
        using var client = Clients.For(server, options => options.MaxEventBytes = Limit);

        await Assert.ThatAsync(() => client.CompleteAsync(Call.StreamTokens), ThrowsTooLarge());

        // All that was allocated, by client and server, whether in use at the same time or not: the peak cannot be higher.
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        var total = await sent.Task;
        TestContext.Out.WriteLine($"sent {total} bytes, allocated {allocated} bytes");
        using (Assert.EnterMultipleScope())
        {
            // What the sockets of both sides buffer is beyond the client's knowledge.
            Assert.That(total, Is.LessThan(Limit + (32 * 1024 * 1024)));
            Assert.That(allocated, Is.LessThan(16 * Limit));
        }
    }

    private static NUnit.Framework.Constraints.IResolveConstraint ThrowsTooLarge()
        => Throws.TypeOf<TogetherAIStreamException>()
            .With.Property("Failure").EqualTo(TogetherAIStreamFailure.EventTooLarge)
            .And.Message.Contains("MaxEventBytes");
}
