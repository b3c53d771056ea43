using Microsoft.Extensions.Time.Testing;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>
/// What is promised of a stream holds for every streaming operation of the document, a new one included: its events are made of
/// the document's examples and of what it says of failures and ends.
/// </summary>
[CancelAfter(30_000)]
public sealed class EveryStreamTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static IEnumerable<object[]> Read => DocumentStream.Read;

    private static IEnumerable<object[]> ReadOrBytes => DocumentStream.ReadOrBytes;

    private static IEnumerable<DocumentStream> All => DocumentStream.All;

    private static IEnumerable<DocumentStream> Named => DocumentStream.All.Where(stream => stream.IsNamed);

    [TestCaseSource(nameof(ReadOrBytes))]
    public async Task Whole_stream_is_read_in_any_cut(object operation, Way way)
    {
        var stream = (DocumentStream)operation;
        var wire = stream.Piece + stream.Piece + stream.End;

        foreach (var pieces in new[] { Frames.ByteByByte(wire), [System.Text.Encoding.UTF8.GetBytes(wire)] })
        {
            await using var server = RawServer.Streaming(pieces);

            var values = await stream.ReadToEndAsync(server, way);

            Assert.That(values, way switch
            {
                Way.Bytes => Is.EqualTo(new[] { wire }),
                Way.Texts => Has.Count.EqualTo(2),
                _ => Has.Count.EqualTo(stream.IsNamed ? 3 : 2),
            });
        }
    }

    [TestCaseSource(nameof(Read))]
    public async Task Field_without_a_name_is_one_that_nobody_knows(object operation, Way way)
    {
        var stream = (DocumentStream)operation;
        foreach (var field in new[] { "1", "\"a\"", "{}", "[]", "[{\"text\":\"b\"}]" })
        {
            await using var server = RawServer.Streaming(stream.Piece.Replace("data: {", $"data: {{\"\":{field},", StringComparison.Ordinal), stream.End);

            Assert.That(await stream.ReadToEndAsync(server, way), Has.Count.EqualTo(way == Way.Objects && stream.IsNamed ? 2 : 1), field);
        }
    }

    [TestCaseSource(nameof(Read))]
    public async Task End_is_taken_without_waiting_for_the_server(object operation, Way way)
    {
        var stream = (DocumentStream)operation;
        await using var server = RawServer.StreamingThenSilent(stream.Piece, stream.End, stream.IsNamed ? Frames.Done : "");

        Assert.That(await stream.ReadToEndAsync(server, way), Is.Not.Empty);
    }

    [TestCaseSource(nameof(Read))]
    public async Task Error_in_the_stream_is_thrown_after_what_came_before(object operation, Way way)
    {
        var stream = (DocumentStream)operation;
        foreach (var failure in stream.Failures)
        {
            await using var server = RawServer.StreamingThenSilent(stream.Piece, failure);

            var (values, exception) = await After<TogetherAIStreamException>(stream.ReadAsync(server, way));

            using (Assert.EnterMultipleScope())
            {
                Assert.That(values, Has.Count.EqualTo(1), failure);
                Assert.That(exception.Failure, Is.EqualTo(TogetherAIStreamFailure.ServerError), failure);
                Assert.That(exception.EventsReceived, Is.EqualTo(1), failure);
                Assert.That(exception.Message, Does.Contain("it broke"), failure);
                Assert.That(exception.ErrorType, Is.Not.EqualTo("error"), failure);
            }
        }
    }

    [TestCaseSource(nameof(Read))]
    public async Task Stream_that_is_cut_off_is_incomplete_after_its_events(object operation, Way way)
    {
        var stream = (DocumentStream)operation;
        foreach (var rest in new[] { "", "data: {\"ty", stream.End[..^5] })
        {
            await using var server = RawServer.Streaming(stream.Piece, rest);

            var (values, exception) = await After<TogetherAIStreamException>(stream.ReadAsync(server, way));

            Assert.That((values.Count, exception.Failure, exception.EventsReceived), Is.EqualTo((1, TogetherAIStreamFailure.Incomplete, 1)), rest);
        }
    }

    [TestCaseSource(nameof(Read))]
    public async Task Connection_that_breaks_is_lost_after_what_came_before(object operation, Way way)
    {
        var stream = (DocumentStream)operation;
        var seen = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.SendChunkAsync(stream.Piece, stop);
            await seen.Task.WaitAsync(stop);
            connection.Reset();
            connection.Dispose();
        });

        var exception = await Failures.Of<TogetherAIStreamException>(async () =>
        {
            await foreach (var value in stream.ReadAsync(server, way))
            {
                seen.SetResult();
            }
        });

        Assert.That((exception.Failure, exception.EventsReceived), Is.EqualTo((TogetherAIStreamFailure.ConnectionLost, 1)));
    }

    [TestCaseSource(nameof(Read))]
    public async Task Malformed_event_is_named_by_its_number(object operation, Way way)
    {
        var stream = (DocumentStream)operation;
        foreach (var data in new[] { "{broken}", "no json", "[1]", "null", "{\"a\":1} more" })
        {
            await using var server = RawServer.Streaming(stream.Piece, Frames.Data(data), stream.End);

            // Where events differ by their names, one without a name and of another kind than an object says nothing to the texts.
            if (stream.IsNamed && way == Way.Texts && data is "[1]" or "null")
            {
                continue;
            }

            var (values, exception) = await After<TogetherAIStreamException>(stream.ReadAsync(server, way));

            Assert.That((values.Count, exception.Failure, exception.EventsReceived), Is.EqualTo((1, TogetherAIStreamFailure.MalformedEvent, 1)), data);
            Assert.That(exception.Message, Does.StartWith("Event 2 of the stream is malformed"));
        }
    }

    [TestCaseSource(nameof(Read))]
    public async Task Silence_of_the_server_ends_the_stream_and_names_the_wait(object operation, Way way)
    {
        var stream = (DocumentStream)operation;
        foreach (var (sent, phase, events) in new[]
        {
            ("", TogetherAITimeoutPhase.FirstEvent, 0),
            (": no event\n\n", TogetherAITimeoutPhase.FirstEvent, 0),
            (stream.Piece, TogetherAITimeoutPhase.StreamSilence, 1),
            (stream.Piece + "data: {\"ty", TogetherAITimeoutPhase.StreamSilence, 1),
        })
        {
            var time = new FakeTimeProvider();
            await using var server = RawServer.StreamingThenSilent(sent.Length == 0 ? [] : [sent]);
            var begun = new TaskCompletionSource();
            var reading = After<TogetherAITimeoutException>(
                stream.ReadAsync(server, way, options =>
                {
                    options.TimeProvider = time;
                    options.Timeout = Timeout.InfiniteTimeSpan;
                    options.StreamIdleTimeout = Limit;
                }),
                begun);
            if (events > 0)
            {
                await begun.Task;
            }

            await time.AdvanceUntilAsync(reading, TimeSpan.FromSeconds(1), CancellationToken.None);

            var (_, exception) = await reading;
            Assert.That((exception.Phase, exception.Limit, exception.EventsReceived), Is.EqualTo((phase, Limit, events)), sent);
        }
    }

    [TestCaseSource(nameof(Read))]
    public async Task First_event_has_a_limit_of_its_own_that_comments_do_not_extend(object operation, Way way)
    {
        var stream = (DocumentStream)operation;
        var time = new FakeTimeProvider();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            while (!stop.IsCancellationRequested)
            {
                await connection.SendChunkAsync(": still at it\n\n", stop);
                await Task.Yield();
            }
        });

        var reading = After<TogetherAITimeoutException>(stream.ReadAsync(server, way, options =>
        {
            options.TimeProvider = time;
            options.Timeout = Timeout.InfiniteTimeSpan;
            options.FirstEventTimeout = Limit;
        }));
        await time.AdvanceUntilAsync(reading, TimeSpan.FromSeconds(1), CancellationToken.None);

        var (_, exception) = await reading;
        Assert.That((exception.Phase, exception.Limit), Is.EqualTo((TogetherAITimeoutPhase.FirstEvent, Limit)));
    }

    [TestCaseSource(nameof(Read))]
    public async Task Leaving_the_stream_early_closes_its_connection(object operation, Way way, CancellationToken cancellationToken)
    {
        var stream = (DocumentStream)operation;
        var closed = new TaskCompletionSource();
        await using var server = SilentAfterPiece(stream, closed);

        await foreach (var value in stream.ReadAsync(server, way, cancellationToken: cancellationToken))
        {
            break;
        }

        await closed.Task.WaitAsync(cancellationToken);
    }

    [TestCaseSource(nameof(ReadOrBytes))]
    public async Task Cancellation_inside_the_stream_gives_the_callers_token_and_closes_the_connection(object operation, Way way, CancellationToken cancellationToken)
    {
        var stream = (DocumentStream)operation;
        var closed = new TaskCompletionSource();
        using var cancellation = new CancellationTokenSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop);
            await connection.SendChunkAsync(stream.Piece, stop);
            await cancellation.CancelAsync();
            await connection.WaitForCloseAsync(stop);
            closed.TrySetResult();
        });

        await Assert.ThatAsync(
            () => stream.ReadToEndAsync(server, way, callToken: cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
        await closed.Task.WaitAsync(cancellationToken);
    }

    [TestCaseSource(nameof(All))]
    public async Task Disposing_the_bytes_while_a_read_is_pending_ends_the_read(object operation, CancellationToken cancellationToken)
    {
        var stream = (DocumentStream)operation;
        var closed = new TaskCompletionSource();
        await using var server = SilentAfterPiece(stream, closed);
        using var client = stream.Client(server);
        await using var bytes = await stream.BytesAsync(client, cancellationToken);
        await bytes.ReadExactlyAsync(new byte[5], cancellationToken);

        var reading = bytes.CopyToAsync(Stream.Null, CancellationToken.None);
        await bytes.DisposeAsync();

        await Assert.ThatAsync(() => reading, Throws.InstanceOf<ObjectDisposedException>());
        await closed.Task.WaitAsync(cancellationToken);
    }

    [TestCaseSource(nameof(Named))]
    public async Task Event_that_nobody_knows_is_passed_and_kept(object operation)
    {
        var stream = (DocumentStream)operation;
        await using var server = RawServer.Streaming(
            "event: ping\ndata:\n\n",
            "event: ping\ndata: {\"type\":\"ping\"}\n\n",
            "event: later\ndata: {\"x\":1}\n\n",
            "event: later\ndata: no json\n\n",
            "event: later\ndata: [1]\n\n",
            Frames.Data("{\"type\":\"later\",\"x\":{\"y\":1}}"),
            stream.Piece,
            stream.End);

        var chunks = (await stream.ReadToEndAsync(server, Way.Objects)).Select(chunk => JObject.FromObject(chunk, NewtonsoftJson.Writer)).ToList();
        var texts = await stream.ReadToEndAsync(server, Way.Texts);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Has.Count.EqualTo(1));
            Assert.That(chunks, Has.Count.EqualTo(8));
            Assert.That(chunks.Take(6).Select(chunk => (string?)chunk["type"]), Is.EqualTo(new[] { "ping", "ping", "later", "later", "later", "later" }));
            Assert.That((int?)chunks[2]["x"], Is.EqualTo(1));
            Assert.That((string?)chunks[3]["data"], Is.EqualTo("no json"));
            Assert.That((int?)chunks[4]["data"]![0], Is.EqualTo(1));
            Assert.That((int?)chunks[5]["x"]!["y"], Is.EqualTo(1));
        }
    }

    private static RawServer SilentAfterPiece(DocumentStream stream, TaskCompletionSource closed) => RawServer.Start(async (connection, _, stop) =>
    {
        await connection.SendStreamHeadAsync(stop);
        await connection.SendChunkAsync(stream.Piece, stop);
        await connection.WaitForCloseAsync(stop);
        closed.TrySetResult();
    });

    private static async Task<(List<object> Values, TException Exception)> After<TException>(IAsyncEnumerable<object> stream, TaskCompletionSource? begun = null)
        where TException : Exception
    {
        var values = new List<object>();
        var exception = await Failures.Of<TException>(async () =>
        {
            await foreach (var value in stream)
            {
                values.Add(value);
                begun?.TrySetResult();
            }
        });
        return (values, exception);
    }
}
