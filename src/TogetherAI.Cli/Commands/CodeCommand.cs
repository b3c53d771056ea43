using System.CommandLine;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>Runs Python code in a sandbox of the platform.</summary>
internal static class CodeCommand
{
    public static Command Create(Terminal terminal)
    {
        var code = new Argument<string>("code") { Description = "The Python code; - reads standard input." };
        var files = new Option<string[]>("--file") { Description = "A file to write to the session before the code runs. Repeatable.", HelpName = "file" };
        return new ApiCommand<CodeInterpreterRequest>(
            "code", "Runs Python code in a sandbox and prints its output.", [code, files], new HashSet<string> { "code", "language", "files" }, terminal)
        {
            ShowsJson = true,
            NeedsRoot = true,
            Create = async (command, cancellationToken) => new CodeInterpreterRequest
            {
                Language = CodeInterpreterLanguage.Python,
                Code = await PromptText.ReadAsync(command.GetRequiredValue(code), terminal.Input, cancellationToken, "code").ConfigureAwait(false),
                Files = command.GetValue(files) is { Length: > 0 } paths ? [.. paths.Select(Read)] : null,
            },
            Run = RunAsync,
        };
    }

    private static CodeInterpreterFile Read(string path)
    {
        try
        {
            return new CodeInterpreterFile(Path.GetFileName(path), CodeInterpreterEncoding.Base64, Convert.ToBase64String(File.ReadAllBytes(path)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The file {path} cannot be read: {exception.Message}");
        }
    }

    private static async Task RunAsync(ApiCall<CodeInterpreterRequest> call, CancellationToken cancellationToken)
    {
        var response = await call.WaitAsync(() => call.Client.CodeInterpreter.RunAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
        if (call.Json)
        {
            call.Terminal.Out.WriteLine(JsonText.Indented(response));
        }
        else
        {
            Print(call.Terminal, response.Data!.Outputs);
        }

        if (response.Data!.ExceptionText is { } exception)
        {
            throw new CommandFailedException($"The code raised an exception: {exception}");
        }
    }

    // Standard output and standard error are text of the code; a result has no end of line of its own.
    private static void Print(Terminal terminal, IEnumerable<CodeInterpreterOutput> outputs)
    {
        var isLineOpen = false;
        foreach (var output in outputs.Where(static output => output.Type != CodeInterpreterOutputType.Error))
        {
            if (output.Type == CodeInterpreterOutputType.StandardError)
            {
                terminal.Log.Write(output.Text);
                continue;
            }

            var isResult = output.Type != CodeInterpreterOutputType.StandardOutput;
            var text = output.Text ?? Described(output);
            terminal.Out.Write((isLineOpen && isResult ? "\n" : "") + text + (isResult ? "\n" : ""));
            isLineOpen = !isResult && !text.EndsWith('\n');
        }

        if (isLineOpen)
        {
            terminal.Out.WriteLine();
        }
    }

    // An image, for example, which is no text.
    private static string Described(CodeInterpreterOutput output)
        => output.Data is Newtonsoft.Json.Linq.JObject media ? $"({string.Join(", ", media.Properties().Select(static each => each.Name))}: use --json)" : "";
}
