using System.Diagnostics;
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
        if (FindProject() is not { } project)
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
        string[] arguments =
        [
            "publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", folder, "-v:q", "--nologo", $"-p:Client={client}",
            isNative ? "-p:IsNative=true" : "--no-self-contained", .. Linker(),
        ];
        using var publish = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await publish.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await publish.WaitForExitAsync().ConfigureAwait(false);
        return publish.ExitCode == 0
            ? new ColdProgram(client, isNative, Path.Combine(folder, Project))
            : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {publish.ExitCode}: {output}");
    }

    // On Linux, the SDK looks for clang only; gcc links as well.
    private static string[] Linker() => OperatingSystem.IsLinux() ? [$"-p:CppCompilerAndLinker={FindLinker()}"] : [];

    private static string? FindLinker() => new[] { "clang", "gcc" }.FirstOrDefault(static name => File.Exists("/usr/bin/" + name));

    private static string? FindProject()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var project = Path.Combine(folder.FullName, "tests", Project, Project + ".csproj");
            if (File.Exists(project))
            {
                return project;
            }
        }

        return null;
    }
}
