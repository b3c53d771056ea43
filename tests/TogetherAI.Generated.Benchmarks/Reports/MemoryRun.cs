using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using TogetherAI.Benchmarks.Messages;
using TogetherAI.Benchmarks.Streams;

namespace TogetherAI.Benchmarks.Reports;

/// <summary>Runs the benchmarks whose server is memory, and writes each beside its baseline.</summary>
internal static class MemoryRun
{
    // A machine that others use too is slow now for one benchmark and now for another; none is slow in every pass.
    private const int ShortPasses = 3;

    private static readonly (string Title, Type Benchmarks)[] Parts =
    [
        ("Streams of 20,000 events in reads of 1,400 bytes, for each event", typeof(StreamBenchmarks)),
        ("Streams of a message of 20,000 events in reads of 1,400 bytes, for each event", typeof(MessageStreamBenchmarks)),
        ("Streams of a response of 20,000 events in reads of 1,400 bytes, for each event", typeof(ResponseStreamBenchmarks)),
        ("Streams of a chat without and with a listener to telemetry, for each event", typeof(TelemetryBenchmarks)),
        ("Streams of 20,000 tokens relayed to a socket, for each token, by bytes that arrive at once", typeof(RelayBenchmarks)),
        ("Streams of tool calls of 2 KB, for each event", typeof(ToolCallBenchmarks)),
        ("Proportion: for each KB of a stream, by event size / read size", typeof(ScalingBenchmarks)),
        ("Whole responses, for each call, by letters of the text (\"HttpClient\" is the floor: it sends bytes and keeps bytes)", typeof(ResponseBenchmarks)),
        ("Requests, for each call, by letters of the prompt (\"HttpClient\" as above)", typeof(RequestBenchmarks)),
        ("1,000 embeddings of 1,024 numbers, for each response", typeof(EmbeddingBenchmarks)),
    ];

    /// <summary>Runs all parts, or those whose class has a name that begins so.</summary>
    public static void Write(Report report, bool isFull, string? part = null)
    {
        foreach (var (title, benchmarks) in Parts.Where(candidate => candidate.Benchmarks.Name.StartsWith(part ?? "", StringComparison.OrdinalIgnoreCase)))
        {
            if (!isFull)
            {
                WarmUp.Run(benchmarks);
            }

            var passes = new List<Summary>();
            for (var pass = 0; pass < (isFull ? 1 : ShortPasses); pass++)
            {
                passes.Add(BenchmarkRunner.Run(benchmarks, Configuration(isFull)));
            }

            report.Heading(title);
            report.Header("what", "ns", "B allocated", "time: baseline is … times this", "bytes: baseline is … times this");
            foreach (var test in passes[0].BenchmarksCases)
            {
                WriteRow(report, passes, test);
            }
        }
    }

    private static void WriteRow(Report report, List<Summary> passes, BenchmarkCase test)
    {
        var tests = passes[0].BenchmarksCases;
        var baseline = tests.FirstOrDefault(other => other.Descriptor.Baseline && other.Parameters.DisplayInfo == test.Parameters.DisplayInfo);
        var (time, bytes) = Figures(passes, test);
        var (baselineTime, baselineBytes) = baseline is null ? (double.NaN, double.NaN) : Figures(passes, baseline);
        var name = test.Parameters.Count == 0 || tests.Length < 2
            ? test.Descriptor.WorkloadMethod.Name
            : $"{test.Descriptor.WorkloadMethod.Name} {test.Parameters.PrintInfo}";
        report.Row(name, time, bytes, baselineTime / time, bytes < 1 ? double.NaN : baselineBytes / bytes);
    }

    // The least of all iterations: other programs on the machine only ever add time.
    private static (double Time, double Bytes) Figures(List<Summary> passes, BenchmarkCase test)
    {
        var reports = passes.SelectMany(pass => pass.Reports).Where(report => report.BenchmarkCase.DisplayInfo == test.DisplayInfo).ToList();
        return (
            reports.Min(report => report.ResultStatistics?.Min ?? double.NaN),
            reports.Min(report => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? double.NaN));
    }

    private static ManualConfig Configuration(bool isFull)
    {
        // Short: in this process.
        var job = isFull
            ? Job.Default
            : Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
                .WithIterationTime(TimeInterval.FromMilliseconds(30))
                .WithWarmupCount(1)
                .WithIterationCount(3)
                .WithEvaluateOverhead(false);
        return ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableLogFile)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "TogetherAI.Benchmarks"));
    }
}
