using NUnit.Framework;
using OpenTelemetry.Metrics;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Telemetry;

/// <summary>What is measured, under the names of the conventions.</summary>
[CancelAfter(30_000), NonParallelizable]
public sealed class MetricTests
{
    private const string Duration = "gen_ai.client.operation.duration";
    private const string Tokens = "gen_ai.client.token.usage";
    private const string FirstChunk = "gen_ai.client.operation.time_to_first_chunk";
    private const string PerChunk = "gen_ai.client.operation.time_per_output_chunk";

    private static ChatCompletionRequest ChatRequest => new() { Model = "org/model", Messages = [ChatCompletionMessage.FromUser("Hi")] };

    private static string Events { get; } = string.Concat(
        Frames.Data("""{"model":"org/model-v2","choices":[{"index":0,"delta":{"content":"a"}}]}"""),
        Frames.Data("""{"model":"org/model-v2","choices":[{"index":0,"delta":{"content":"b"}}]}"""),
        Frames.Data("""{"model":"org/model-v2","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":40,"total_tokens":43}}"""),
        Frames.Done);

    [Test]
    public async Task Stream_is_measured_as_the_conventions_say(CancellationToken cancellationToken)
    {
        using var recorder = new TelemetryRecorder(traces: false);
        await using var server = RawServer.Answering(Answers.Of(200, Events, "text/event-stream"));
        using var client = Clients.ForAll(server);
        string[] common = ["gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "gen_ai.response.model", "server.address", "server.port"];

        await client.Chat.StreamTokensAsync(ChatRequest, cancellationToken).ToListAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(recorder.Metrics.Select(metric => (metric.Name, metric.Unit)), Is.EquivalentTo(new[] { (Duration, "s"), (Tokens, "{token}"), (FirstChunk, "s"), (PerChunk, "s") }));
            Assert.That(recorder.Metrics.Select(metric => metric.MeterName), Is.All.EqualTo("TogetherAI"));
            foreach (var metric in recorder.Metrics)
            {
                foreach (var point in metric.MetricPoints)
                {
                    Assert.That(TagsOf(point).Keys, Is.EquivalentTo(metric.Name == Tokens ? common.Append("gen_ai.token.type") : common), metric.Name);
                    Assert.That(TagsOf(point), Is.SupersetOf(new Dictionary<string, object?> { ["gen_ai.operation.name"] = "chat", ["gen_ai.provider.name"] = "together_ai", ["gen_ai.request.model"] = "org/model", ["gen_ai.response.model"] = "org/model-v2", ["server.address"] = "localhost", ["server.port"] = server.Port }));
                }
            }

            Assert.That(recorder.Measured(Tokens, "gen_ai.token.type"), Is.EquivalentTo(new[] { "gen_ai.token.type=input 1 3", "gen_ai.token.type=output 1 40" }));
            Assert.That(recorder.Measured(Duration).Single(), Does.StartWith(" 1 "));
            Assert.That(recorder.Measured(FirstChunk).Single(), Does.StartWith(" 1 "));
            Assert.That(recorder.Measured(PerChunk).Single(), Does.StartWith(" 2 "));
        }
    }

    [Test]
    public async Task Buckets_are_those_of_the_conventions(CancellationToken cancellationToken)
    {
        using var recorder = new TelemetryRecorder(traces: false);
        await using var server = RawServer.Answering(Answers.Of(200, Events, "text/event-stream"));
        using var client = Clients.ForAll(server);

        await client.Chat.StreamTokensAsync(ChatRequest, cancellationToken).ToListAsync(cancellationToken);

        double[] times = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, double.PositiveInfinity];
        double[] counts = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864, double.PositiveInfinity];
        using (Assert.EnterMultipleScope())
        {
            foreach (var metric in recorder.Metrics)
            {
                Assert.That(BucketsOf(metric.MetricPoints[0]), Is.EqualTo(metric.Name == Tokens ? counts : times), metric.Name);
            }
        }
    }

    [Test]
    public async Task Times_are_those_of_the_clock_of_the_client(CancellationToken cancellationToken)
    {
        using var recorder = new TelemetryRecorder(traces: false);
        await using var server = RawServer.Answering(Answers.Of(200, Events, "text/event-stream"));
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var client = new TogetherAIClient(Clients.Options(server.Url, options => options.TimeProvider = time));

        await foreach (var _ in client.Chat.StreamTokensAsync(ChatRequest, new TogetherAIRequestOptions { ResponseReceived = _ => time.Advance(TimeSpan.FromSeconds(2)) }, cancellationToken))
        {
            time.Advance(TimeSpan.FromSeconds(3));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(recorder.Measured(FirstChunk), Is.EqualTo(new[] { " 1 2" }));
            Assert.That(recorder.Measured(PerChunk), Is.EqualTo(new[] { " 2 6" }));
            Assert.That(recorder.Measured(Duration), Is.EqualTo(new[] { " 1 8" }));
        }
    }

    [Test]
    public async Task Call_that_fails_is_measured_with_its_error([Values] Way way, CancellationToken cancellationToken)
    {
        using var recorder = new TelemetryRecorder(traces: false);
        await using var server = RawServer.Answering(Answers.Of(429, "{\"error\":\"no\"}"));
        using var client = Clients.ForAll(server);

        await Failures.Of<TogetherAIRateLimitException>(() => client.CompleteAsync(way, cancellationToken: cancellationToken));

        Assert.That(recorder.Metrics.Select(metric => metric.Name), Is.EqualTo(new[] { Duration }));
        Assert.That(recorder.Measured(Duration, "error.type").Single(), Does.StartWith("error.type=TogetherAI.TogetherAIRateLimitException 1 "));
    }

    private static Dictionary<string, object?> TagsOf(MetricPoint point)
    {
        var tags = new Dictionary<string, object?>();
        foreach (var tag in point.Tags)
        {
            tags.Add(tag.Key, tag.Value);
        }

        return tags;
    }

    private static List<double> BucketsOf(MetricPoint point)
    {
        var bounds = new List<double>();
        foreach (var bucket in point.GetHistogramBuckets())
        {
            bounds.Add(bucket.ExplicitBound);
        }

        return bounds;
    }
}
