using System.Diagnostics;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>Runs this program again, for what must not share a process: servers, cold starts, processor time.</summary>
internal static class ChildProcess
{
    public static Process Start(params string[] arguments) => Process.Start(StartInfo(arguments))!;

    /// <summary>Runs to the end and returns the last line that was printed.</summary>
    public static Task<string> RunAsync(params string[] arguments) => RunAsync(StartInfo(arguments));

    /// <summary>
    /// The same for what is measured when warm. The compiler's instrumented tier takes longer to pass than a run does;
    /// without it there is only a before and an after.
    /// </summary>
    public static Task<string> RunWarmAsync(params string[] arguments)
    {
        var start = StartInfo(arguments);
        start.Environment["DOTNET_TieredPGO"] = "0";
        return RunAsync(start);
    }

    private static ProcessStartInfo StartInfo(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static async Task<string> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0
            ? output.TrimEnd().Split('\n')[^1]
            : throw new InvalidOperationException($"{string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {output}");
    }
}
