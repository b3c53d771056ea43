using System.CommandLine;
using System.CommandLine.Parsing;

namespace TogetherAI.Cli.Output;

/// <summary>The option that names the file that a command writes.</summary>
internal sealed class OutputFile
{
    private const string StandardOutput = "-";

    // Other names of it; to open a file through them again would write over what stands there.
    private static readonly string[] StandardOutputPaths = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

    public OutputFile() => Option.Validators.Add(Validate);

    public Option<string> Option { get; } = new("--output", "-o")
    {
        Description = "The file to write; - is standard output.",
        HelpName = "file",
        Required = true,
    };

    /// <summary>Makes sure that the file can be written, before anything is paid for.</summary>
    /// <exception cref="UsageException">It cannot be written, or nobody wants it at the terminal.</exception>
    public async Task<OutputTarget> OpenAsync(ParseResult command, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = command.GetRequiredValue(Option);
        var isStandardOutput = path == StandardOutput || StandardOutputPaths.Contains(path);
        if (isStandardOutput ? terminal.ShowsOutput : IsTerminal(path))
        {
            await ConfirmAsync(terminal, cancellationToken).ConfigureAwait(false);
        }

        return isStandardOutput ? new StreamTarget(terminal.RawBytes) : FileTarget.Open(path, terminal);
    }

    private static async Task ConfirmAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        const string Advice = "Specify a file with -o, or redirect standard output.";
        if (!terminal.CanAsk)
        {
            throw new UsageException($"The output is not text and would be written to a terminal. {Advice}");
        }

        var reply = await terminal.AskAsync("The output is not text. Write it to the terminal? [y/N] ", cancellationToken).ConfigureAwait(false);
        if (reply?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
        {
            throw new UsageException($"Nothing was sent. {Advice}");
        }
    }

    private static bool IsTerminal(string path)
        => FileTarget.Resolve(path) is var target
        && (target.StartsWith("/dev/tty", StringComparison.Ordinal) || target.StartsWith("/dev/pts/", StringComparison.Ordinal) || target == "/dev/console");

    private static void Validate(OptionResult result)
    {
        if (result.Tokens is not [{ Value: not StandardOutput and var path }])
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(path))
        {
            result.AddError("--output needs the name of a file.");
        }
        else if (Directory.Exists(path))
        {
            result.AddError($"--output needs a file; {path} is a folder.");
        }
        else if (Path.GetDirectoryName(FileTarget.Resolve(path)) is var folder && !Directory.Exists(folder))
        {
            result.AddError($"--output cannot be written: there is no folder {folder}.");
        }
    }
}
