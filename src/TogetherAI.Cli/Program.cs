using System.CommandLine;
using System.CommandLine.Invocation;
using TogetherAI.Cli;
using TogetherAI.Cli.Commands;
using TogetherAI.Cli.Output;

using var terminal = Terminal.Open();
using var interruption = new Interruption();

var result = TogetherCommand.Create(terminal).Parse(args);
if (result.Action is ParseErrorAction)
{
    var command = result.CommandResult.Command;
    var message = command is RootCommand && result.UnmatchedTokens is [var unknown, ..]
        ? $"There is no {(unknown.StartsWith('-') ? "option" : "command")} \"{unknown}\"."
        : result.Errors[0].Message;
    terminal.Error($"{message} See together {(command is RootCommand ? "" : command.Name + " ")}--help.");
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
    return await result.InvokeAsync(configuration, interruption.Token);
}
catch (Exception exception)
{
    return Failure.Report(exception, terminal, result.GetValue(TogetherCommand.Verbose), interruption.Token);
}
