using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>Status, headers and timings beside the result of any call.</summary>
[CancelAfter(30_000)]
public sealed class CallCaptureTests
{
    private readonly TogetherAICallCapture _capture = new();

    private TogetherAIRequestOptions Options => new() { Capture = _capture };

    [Test]
    public async Task Call_of_any_way_leaves_its_status_headers_and_timings([Values] Way way, CancellationToken cancellationToken)
    {
        var isStream = way is Way.Bytes or Way.Objects or Way.Texts;
        var body = way switch { Way.Whole => Answers.RunBody, Way.List => """[{"id":"m"}]""", Way.File => "RIFF", _ => Frames.Text("a") + Frames.Last("b") + Frames.Done };
        await using var server = RawServer.Answering(Answers.Of(201, body, isStream ? "text/event-stream" : way == Way.File ? "audio/wav" : "application/json", "Server-Timing: db;dur=53\r\n"));
        using var client = Clients.ForAll(server);

        await client.CompleteAsync(way, Options, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)_capture.Response!.StatusCode, Is.EqualTo(201));
            Assert.That(_capture.Response.Headers["server-timing"], Is.EqualTo("db;dur=53"));
            Assert.That(_capture.Summary!.Response!.Headers, Is.EqualTo(_capture.Response.Headers));
            Assert.That(_capture.Summary.IsComplete, Is.True);
            Assert.That(_capture.Summary.Duration, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(_capture.Summary.TimeToFirstEvent, way is Way.Whole or Way.List ? Is.Null : Is.GreaterThan(TimeSpan.Zero));
        }
    }

    [Test]
    public async Task Response_is_there_before_the_first_event_and_the_summary_after_the_last([Values(Way.Bytes, Way.Objects, Way.Texts)] Way way, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, Frames.Text("a") + Frames.Last("b") + Frames.Done, "text/event-stream", "x-request-id: r-1\r\n"));
        using var client = Clients.For(server);
        var options = Options;
        options.ResponseReceived = info => Assert.That(_capture.Response, Is.SameAs(info));
        options.Completed = summary => Assert.That(_capture.Summary, Is.SameAs(summary));

        switch (way)
        {
            case Way.Bytes:
                using (var stream = await client.StreamBytesAsync(Clients.Request, options, cancellationToken))
                {
                    Assert.That((_capture.Response?.RequestId, _capture.Summary), Is.EqualTo(("r-1", (TogetherAICallSummary?)null)));
                    await stream.CopyToAsync(Stream.Null, cancellationToken);
                }

                break;
            case Way.Objects:
                await foreach (var _ in client.StreamAsync(Clients.Request, options, cancellationToken))
                {
                    Assert.That(_capture.Response?.RequestId, Is.EqualTo("r-1"));
                }

                break;
            default:
                await foreach (var _ in client.StreamTokensAsync(Clients.Request, options, cancellationToken))
                {
                    Assert.That(_capture.Response?.RequestId, Is.EqualTo("r-1"));
                }

                break;
        }

        Assert.That(_capture.Summary!.IsComplete, Is.True);
    }

    [Test]
    public async Task Call_that_fails_leaves_its_exception(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(404, "{}", headers: "x-request-id: r-1\r\n"));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAINotFoundException>(() => client.RunAsync(Clients.Request, Options, cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_capture.Response, Is.Null);
            Assert.That(_capture.Summary!.Failure, Is.SameAs(exception));
            Assert.That(exception.Headers["x-request-id"], Is.EqualTo("r-1"));
        }
    }

    [Test]
    public async Task Next_call_begins_anew(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run, Answers.Empty(404));
        using var client = Clients.For(server);
        await client.RunAsync(Clients.Request, Options, cancellationToken);
        var options = Options;
        var seen = new List<TogetherAICallSummary?>();
        options.Sending = _ => seen.Add(_capture.Summary);

        await Failures.Of<TogetherAINotFoundException>(() => client.RunAsync(Clients.Request, options, cancellationToken));

        Assert.That(seen, Is.EqualTo(new TogetherAICallSummary?[] { null }));
        Assert.That(_capture.Response, Is.Null);
    }

    [Test]
    public async Task Debugging_header_of_a_call_brings_the_headers_that_it_asks_for(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Start((connection, request, stop) => connection.SendAsync(
            Answers.Of(200, Answers.RunBody, headers: request.Header("x-together-debug") == "1" ? "x-cluster: c-1\r\nx-engine-pod: p-1\r\n" : ""), stop));
        using var client = Clients.For(server);
        var options = Options;
        options.Headers["x-together-debug"] = "1";

        await client.RunAsync(Clients.Request, options, cancellationToken);

        Assert.That((_capture.Response!.Headers["x-cluster"], _capture.Response.Headers["x-engine-pod"]), Is.EqualTo(("c-1", "p-1")));
    }
}
