using System.CommandLine;

namespace TogetherAI.Cli.Output;

/// <summary>The file that a command writes, or standard output.</summary>
internal sealed class OutputFile
{
    private const string StandardOutput = "-";

    public Option<string> Option { get; } = new("--output", "-o")
    {
        Description = "File to write; - is standard output.",
        HelpName = "file",
        Required = true,
    };

    public OutputFile() => Option.Validators.Add(result =>
    {
        // Before anything is paid for.
        if (result.Tokens.Count == 1 && string.IsNullOrWhiteSpace(result.Tokens[0].Value))
        {
            result.AddError("--output needs the name of a file.");
        }
        else if (result.Tokens.Count == 1 && result.Tokens[0].Value is not StandardOutput and var path)
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path));
            if (Directory.Exists(path))
            {
                result.AddError($"--output needs a file; {path} is a folder.");
            }
            else if (!Directory.Exists(folder))
            {
                result.AddError($"--output cannot be written: there is no folder {folder}.");
            }
        }
    });

    /// <summary>Writes the file, and says its name. What could not be written whole is not left behind.</summary>
    public async Task WriteAsync(ParseResult command, Stream content, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = command.GetRequiredValue(Option);
        if (path == StandardOutput)
        {
            await content.CopyToAsync(terminal.Bytes, cancellationToken).ConfigureAwait(false);
            return;
        }

        var unfinished = path + ".part";
        try
        {
            var file = File.Create(unfinished);
            await using (file.ConfigureAwait(false))
            {
                await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }

        terminal.Out.WriteLine(path);
    }
}
