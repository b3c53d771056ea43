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
    private static readonly (string Title, Type Benchmarks)[] Parts =
    [
        ("Streams of 20,000 events in reads of 1,400 bytes, for each event", typeof(StreamBenchmarks)),
        ("Streams of tool calls of 2 KB, for each event", typeof(ToolCallBenchmarks)),
        ("Proportion: for each KB of a stream, by event size / read size", typeof(ScalingBenchmarks)),
        ("Whole responses, for each call, by letters of the text", typeof(ResponseBenchmarks)),
        ("Requests, for each call, by letters of the prompt", typeof(RequestBenchmarks)),
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

            var summary = BenchmarkRunner.Run(benchmarks, Configuration(isFull));
            report.Heading(title);
            report.Header("what", "ns", "B allocated", "time: baseline is … times this", "bytes: baseline is … times this");
            foreach (var result in summary.Reports)
            {
                WriteRow(report, summary, result);
            }
        }
    }

    private static void WriteRow(Report report, Summary summary, BenchmarkReport result)
    {
        var test = result.BenchmarkCase;
        var baseline = summary.Reports.FirstOrDefault(other =>
            other.BenchmarkCase.Descriptor.Baseline && other.BenchmarkCase.Parameters.DisplayInfo == test.Parameters.DisplayInfo);
        var (time, bytes) = Figures(result);
        var (baselineTime, baselineBytes) = baseline is null ? (double.NaN, double.NaN) : Figures(baseline);
        var name = test.Parameters.Count == 0 || summary.Reports.Length < 2
            ? test.Descriptor.WorkloadMethod.Name
            : $"{test.Descriptor.WorkloadMethod.Name} {test.Parameters.PrintInfo}";
        report.Row(name, time, bytes, baselineTime / time, bytes < 1 ? double.NaN : baselineBytes / bytes);
    }

    // The least of the iterations: other programs on the machine only ever add time.
    private static (double Time, double Bytes) Figures(BenchmarkReport result)
        => (result.ResultStatistics?.Min ?? double.NaN, result.GcStats.GetBytesAllocatedPerOperation(result.BenchmarkCase) ?? double.NaN);

    private static ManualConfig Configuration(bool isFull)
    {
        // Short: in this process.
        var job = isFull
            ? Job.Default
            : Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
                .WithIterationTime(TimeInterval.FromMilliseconds(30))
                .WithWarmupCount(6)
                .WithIterationCount(9);
        return ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableLogFile)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "TogetherAI.Benchmarks"));
    }
}
