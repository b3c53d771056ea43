using System.Runtime.InteropServices;
using TogetherAI.Benchmarks.Reports;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>
/// One streamed chat from a cold process, by small programs of their own: for the JIT compiler and as native code, beside a program
/// that makes no call.
/// </summary>
internal static class ColdStartRun
{
    private const int Repetitions = 21;
    private const string Project = "TogetherAI.Generated.ColdStart";

    private static readonly string[] Clients = ["none", "httpclient", "together", "openai"];

    public static async Task WriteAsync(Report report)
    {
        if (Checkout.FindProject("tests", Project) is not { } project)
        {
            report.Line("Cold programs were not measured: this program does not run from a checkout.");
            return;
        }

        var hasLinker = !OperatingSystem.IsLinux() || (FindLinker() is not null && File.Exists("/usr/include/zlib.h"));
        var programs = new List<ColdProgram>();
        foreach (var client in Clients)
        {
            programs.Add(await PublishAsync(project, client, isNative: false).ConfigureAwait(false));
            if (hasLinker)
            {
                programs.Add(await PublishAsync(project, client, isNative: true).ConfigureAwait(false));
            }
        }

        await using var server = await ServerProcess.StartAsync().ConfigureAwait(false);
        // In turns, so that whatever else the machine does is shared by all.
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            foreach (var program in programs)
            {
                await program.RunAsync(server.Url).ConfigureAwait(false);
            }
        }

        report.Heading($"One streamed chat from a cold process, in a program of its own (median of {Repetitions})");
        report.Header("client", "compiled", "wall ms", "MB on disk");
        foreach (var program in programs)
        {
            report.Row(program.Client, program.IsNative ? "native" : "JIT", program.MedianMilliseconds, program.Megabytes);
        }

        if (!hasLinker)
        {
            report.Line("Native programs were not measured: they need clang or gcc, and the headers of zlib.");
        }
    }

    private static async Task<ColdProgram> PublishAsync(string project, string client, bool isNative)
    {
        var folder = Path.Combine(Path.GetDirectoryName(project)!, "bin", "cold", client, isNative ? "native" : "jit");
        string[] way = isNative ? ["-p:IsNative=true", .. Linker()] : ["--no-self-contained"];
        await Checkout.RunDotnetAsync(
            ["publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", folder, "-v:q", "--nologo", $"-p:Client={client}", .. way]).ConfigureAwait(false);
        return new ColdProgram(client, isNative, Path.Combine(folder, Project));
    }

    // On Linux, the SDK looks for clang only; gcc links as well.
    private static string[] Linker() => OperatingSystem.IsLinux() ? [$"-p:CppCompilerAndLinker={FindLinker()}"] : [];

    private static string? FindLinker() => new[] { "clang", "gcc" }.FirstOrDefault(static name => File.Exists("/usr/bin/" + name));
}
