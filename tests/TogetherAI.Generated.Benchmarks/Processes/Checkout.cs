using System.Diagnostics;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>The checkout that this program was built in, whose projects some runs build.</summary>
internal static class Checkout
{
    /// <summary>Finds a project by its folders below the root; null where this program does not run from a checkout.</summary>
    public static string? FindProject(string folder, string name)
    {
        for (var root = new DirectoryInfo(AppContext.BaseDirectory); root is not null; root = root.Parent)
        {
            var project = Path.Combine(root.FullName, folder, name, name + ".csproj");
            if (File.Exists(project))
            {
                return project;
            }
        }

        return null;
    }

    /// <summary>Runs a command of the SDK to its end.</summary>
    public static async Task RunDotnetAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}");
        }
    }
}
