using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace TogetherAI.Cli.Tests.Support;

/// <summary>The real tool as a process of its own, without a key in its environment unless a test gives it one.</summary>
internal sealed class ToolProcess : IDisposable
{
    public const int Interrupt = Signals.Interrupt;
    public const int Terminate = Signals.Terminate;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Process _process;
    private readonly Task<string> _log;

    private ToolProcess(Process process)
    {
        _process = process;
        _log = process.StandardError.ReadToEndAsync();
    }

    public Stream Output => _process.StandardOutput.BaseStream;

    public bool HasExited => _process.HasExited;

    public static ToolProcess Start(IEnumerable<string> arguments, string? key = null, string? input = null, string? baseUrl = null, string? redirection = null)
    {
        var start = new ProcessStartInfo(redirection is null ? "dotnet" : "sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
            WorkingDirectory = Path.GetTempPath(),
        };
        if (redirection is not null)
        {
            // A shell closes and redirects what this class cannot.
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add($"exec \"$0\" \"$@\" {redirection}");
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "together.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["TOGETHER_API_KEY"] = key;
        start.Environment["TOGETHER_BASE_URL"] = baseUrl;

        // The poorest locale there is: the tool's text must not depend on it.
        start.Environment["LC_ALL"] = "C";
        var process = Signals.WithDefaults(() => Process.Start(start)!);
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not read its input.
        }

        return new ToolProcess(process);
    }

    /// <summary>Runs the tool to its end.</summary>
    public static async Task<ToolResult> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var tool = Start(arguments);
        return await tool.FinishAsync(cancellationToken);
    }

    /// <summary>Reads what is left of the output, and waits for the end.</summary>
    public async Task<ToolResult> FinishAsync(CancellationToken cancellationToken)
    {
        var output = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        return await ExitAsync(output, cancellationToken);
    }

    /// <summary>Closes the pipe that the tool writes to, as <c>head</c> does, and waits for the end.</summary>
    public Task<ToolResult> CloseOutputAsync(CancellationToken cancellationToken)
    {
        _process.StandardOutput.Close();
        return ExitAsync("", cancellationToken);
    }

    /// <summary>Reads exactly so much of the output, as soon as it is there.</summary>
    public async Task<string> ReadAsync(int bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[bytes];
        await Output.ReadExactlyAsync(buffer, cancellationToken);
        return Utf8.GetString(buffer);
    }

    public void Signal(int signal) => Assert.That(Kill(_process.Id, signal), Is.Zero);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<ToolResult> ExitAsync(string output, CancellationToken cancellationToken)
    {
        var log = await _log.WaitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return new ToolResult(_process.ExitCode, output, log);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
