using System.CommandLine;
using System.CommandLine.Invocation;
using TogetherAI.Cli.Commands;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli;

/// <summary>The tool from its command line to its exit code.</summary>
internal static class Tool
{
    // Only what begins with @ could be a file of further arguments; here it is text.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, Interruption interruption)
    {
        if (terminal.IsOutputClosed)
        {
            terminal.Error("Standard output is closed: there is nowhere to write to.");
            return ExitCodes.Usage;
        }

        var root = TogetherCommand.Create(terminal, interruption);
        var arguments = CommandLineArguments.Read(root, args);
        var result = root.Parse(arguments.ForParser, Parser);
        if (Mistake(arguments, result) is { } mistake)
        {
            var command = result.CommandResult.Command;
            terminal.Error($"{mistake} See together {(command is RootCommand ? "" : command.Name + " ")}--help.");
            return ExitCodes.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Log,
            EnableDefaultExceptionHandler = false,
            // The tool waits for its own clean-up instead of being cut off in the middle of it.
            ProcessTerminationTimeout = null,
        };

        try
        {
            return await result.InvokeAsync(configuration, interruption.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return Failure.Report(exception, terminal, result.GetValue(TogetherCommand.Verbose), interruption.Token);
        }
    }

    // Help is shown whatever else the line says.
    private static string? Mistake(CommandLineArguments arguments, ParseResult result)
        => arguments.AsksForHelp ? null
        : arguments.Unknown is { } unknown ? unknown
        : result.Action is not ParseErrorAction ? null
        : result.Errors[0].Message;
}
