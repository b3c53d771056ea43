using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TogetherAI.Cli.Output;

/// <summary>Where the tool writes: results to standard output, everything else to standard error, always in UTF-8.</summary>
internal sealed class Terminal : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly IAnsiConsole? _console;

    private Terminal(Stream output, Stream log, bool isInteractive)
    {
        Bytes = output;
        Out = new StreamWriter(output, Utf8) { AutoFlush = true, NewLine = "\n" };
        Log = new StreamWriter(log, Utf8) { AutoFlush = true, NewLine = "\n" };
        _console = isInteractive
            ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Log) })
            : null;
    }

    /// <summary>Standard output as bytes.</summary>
    public Stream Bytes { get; }

    /// <summary>Standard output as text; every write is sent at once.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Log { get; }

    public static Terminal Open()
    {
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
        {
            Console.OutputEncoding = Utf8;
        }

        return new Terminal(StandardOutput.Open(), Console.OpenStandardError(), !Console.IsErrorRedirected);
    }

    /// <summary>Whether a person, rather than a program, reads standard output.</summary>
    public bool ShowsOutput { get; } = !Console.IsOutputRedirected;

    /// <summary>Whether a person can be asked.</summary>
    public bool CanAsk { get; } = !Console.IsInputRedirected;

    /// <summary>Shows a table or the like on standard output.</summary>
    public void Show(IRenderable what) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Out) }).Write(what);

    /// <summary>Asks for a line of text.</summary>
    /// <returns>The line; null at the end of the input.</returns>
    public async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        Log.Write("> ");
        // A read from a terminal cannot be cancelled, only left alone.
        return await Task.Factory.StartNew(
            Console.In.ReadLine, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says on one line what went wrong.</summary>
    public void Error(string line)
    {
        if (_console is null)
        {
            Log.WriteLine($"together: {line}");
            return;
        }

        _console.Markup("[red]together:[/] ");
        Log.WriteLine(line);
    }

    /// <summary>Says something on one line, however narrow a terminal is.</summary>
    public void Note(string line) => Log.WriteLine(line);

    /// <summary>Shows a person at a terminal that something is going on until it is done.</summary>
    public async Task<T> WaitAsync<T>(string what, Func<Task<T>> work)
        => _console is null
            ? await work().ConfigureAwait(false)
            : await _console.Status().StartAsync(what, _ => work()).ConfigureAwait(false);

    public void Dispose()
    {
        Log.Dispose();
        // Every write was sent at once; closing a pipe that is closed already would only fail.
        Bytes.Dispose();
    }
}
