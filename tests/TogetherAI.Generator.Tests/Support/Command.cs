using System.Diagnostics;
using System.Text;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    public static Task<CommandResult> DotNetAsync(string directory, CancellationToken cancellationToken, params string[] arguments)
        => RunAsync("dotnet", directory, cancellationToken, arguments);

    public static async Task<CommandResult> RunAsync(string program, string directory, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        IsolateFromThisBuild(start.Environment);
        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new CommandResult($"{program} {string.Join(' ', arguments)}", process.ExitCode, output.ToString());
    }

    private static void Append(StringBuilder output, string? line)
    {
        lock (output)
        {
            output.Append(line).Append('\n');
        }
    }

    // The test run is a child of a build, whose settings must not reach the builds under test. Those share the processes
    // that MSBuild and the compiler keep for the next build: starting them takes longer than most of the builds.
    private static void IsolateFromThisBuild(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.Equals("UseSharedCompilation", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            environment.Remove(name);
        }

        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_NOLOGO"] = "1";

        // Most of a short build is the start of MSBuild, and code that is measured first does not pay in it.
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "1";
        environment["DOTNET_TieredPGO"] = "0";
    }
}
