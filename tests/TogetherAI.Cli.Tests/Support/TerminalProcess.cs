using System.Diagnostics;
using System.Text;

namespace TogetherAI.Cli.Tests.Support;

/// <summary>The real tool as a process at a pseudo terminal, which <c>script</c> of util-linux makes.</summary>
internal sealed class TerminalProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _screen = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private int _seen;

    public TerminalProcess(params string[] arguments)
    {
        var tool = string.Join(' ', arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "together.dll")).Select(argument => $"'{argument}'"));
        var start = new ProcessStartInfo("script", ["-qec", $"exec dotnet exec {tool}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        start.Environment["TOGETHER_API_KEY"] = null;
        start.Environment["TOGETHER_BASE_URL"] = null;
        start.Environment["TERM"] = "xterm";
        _process = Signals.WithDefaults(() => Process.Start(start)!);
    }

    /// <summary>Everything that the terminal was sent.</summary>
    public string Screen => _screen.ToString();

    public void Type(string text)
    {
        _process.StandardInput.Write(text);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits until a text appears after what was waited for before.</summary>
    public async Task WaitForAsync(string text, CancellationToken cancellationToken)
    {
        int position;
        while ((position = Screen.IndexOf(text, _seen, StringComparison.Ordinal)) < 0)
        {
            Assert.That(await ReadAsync(cancellationToken), Is.True, $"no \"{text}\" in: {Screen}");
        }

        _seen = position + text.Length;
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken))
        {
        }

        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var bytes = new byte[4096];
        var count = await _process.StandardOutput.BaseStream.ReadAsync(bytes, cancellationToken);
        var text = new char[_decoder.GetCharCount(bytes, 0, count)];
        _decoder.GetChars(bytes, 0, count, text, 0);
        _screen.Append(text);
        return count > 0;
    }
}
