using System.Text;
using Spectre.Console;

namespace TogetherAI.Cli.Output;

/// <summary>
/// Where the tool reads and writes: results to standard output, everything else to standard error, always in UTF-8. Whatever
/// it writes to a terminal as text is made visible: only the tool itself moves the cursor or sets colours.
/// </summary>
internal sealed class Terminal : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly StandardStreams _streams;
    private readonly StreamWriter _output;
    private readonly StreamWriter _log;
    private readonly IAnsiConsole? _console;
    private TextReader? _lines;

    public Terminal(StandardStreams streams)
    {
        _streams = streams;
        _output = new StreamWriter(streams.Output ?? Stream.Null, Utf8) { AutoFlush = true, NewLine = "\n" };
        _log = new StreamWriter(streams.Log ?? Stream.Null, Utf8) { AutoFlush = true, NewLine = "\n" };
        Out = streams.OutputIsTerminal ? new VisibleWriter(_output) : _output;
        Log = streams.LogIsTerminal ? new VisibleWriter(_log) : _log;
        Bytes = streams.OutputIsTerminal ? new TextBytes(Out) : _output.BaseStream;
        Input = new StandardInput(streams.Input);
        _console = streams.LogIsTerminal
            ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_log) })
            : null;
        if (OperatingSystem.IsWindows() && streams.OutputIsTerminal)
        {
            Console.OutputEncoding = Utf8;
        }
    }

    /// <summary>Standard output for the bytes of a text.</summary>
    public Stream Bytes { get; }

    /// <summary>Standard output for what is no text; to a terminal only after a question.</summary>
    public Stream RawBytes => _output.BaseStream;

    /// <summary>Standard output as text; every write is sent at once.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Log { get; }

    /// <summary>Standard input.</summary>
    public StandardInput Input { get; }

    /// <summary>Whether a person, rather than a program, reads standard output.</summary>
    public bool ShowsOutput => _streams.OutputIsTerminal;

    /// <summary>Whether nobody can read standard output.</summary>
    public bool IsOutputClosed => _streams.Output is null;

    /// <summary>Whether a person can be asked.</summary>
    public bool CanAsk => _streams.InputIsTerminal;

    /// <summary>Columns of the terminal that shows standard output.</summary>
    public int Width => _streams.Width ?? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_output) }).Profile.Width;

    /// <summary>Asks for a line of text.</summary>
    /// <param name="question">What stands in front of it.</param>
    /// <param name="cancellationToken">Leaves the question.</param>
    /// <returns>The line; null at the end of the input.</returns>
    public async Task<string?> AskAsync(string question, CancellationToken cancellationToken)
    {
        _lines ??= new StreamReader(_streams.Input ?? Stream.Null, Utf8);
        Log.Write(question);
        string? line = null;
        try
        {
            // A read from a terminal cannot be cancelled, only left alone.
            line = await Task.Factory.StartNew(
                _lines.ReadLine, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Only a line that was entered has ended the line of the question.
            if (line is null)
            {
                Log.WriteLine();
            }
        }

        return line;
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

    /// <summary>Shows a person at a terminal a progress bar until something is done; the work gets null if there is none.</summary>
    public Task ProgressAsync(Func<ProgressTask?, Task> work)
        => _console is null
            ? work(null)
            : _console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
                .StartAsync(context => work(context.AddTask("Beginning")));

    public void Dispose()
    {
        Out.Flush();
        Log.Flush();
        _log.Dispose();
        // Every write was sent at once; closing a pipe that is closed already would only fail.
        _output.BaseStream.Dispose();
    }
}
