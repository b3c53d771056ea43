using System.Diagnostics;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>A program that makes one call, and the times that its runs took.</summary>
internal sealed class ColdProgram(string client, bool isNative, string path)
{
    private readonly List<double> _milliseconds = [];

    public string Client => client;

    public bool IsNative => isNative;

    public double MedianMilliseconds => _milliseconds.Order().ElementAt(_milliseconds.Count / 2);

    /// <summary>The size of the program with its libraries, without the runtime that a program for the JIT compiler shares.</summary>
    public double Megabytes
        => new DirectoryInfo(Path.GetDirectoryName(path)!).EnumerateFiles().Where(file => file.Extension == ".dll" || file.FullName == path).Sum(static file => file.Length) / 1024.0 / 1024.0;

    /// <summary>Runs it to its end.</summary>
    public async Task RunAsync(Uri server)
    {
        var start = new ProcessStartInfo(path, [server.ToString()]) { RedirectStandardOutput = true };
        // Whatever this process was told about its own compilation.
        start.Environment.Remove("DOTNET_TieredPGO");
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        _milliseconds.Add(clock.Elapsed.TotalMilliseconds);
        if (process.ExitCode != 0 || output.Length < 2)
        {
            throw new InvalidOperationException($"{path} ended with {process.ExitCode}: {output}");
        }
    }
}
