using System.CommandLine;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>Talks with a model in the form of OpenAI's Responses API: one text, or as many as a person types.</summary>
internal static class RespondCommand
{
    private const string DefaultModel = "zai-org/GLM-5.3";

    public static Command Create(Terminal terminal, Interruption interruption)
    {
        var input = new Argument<string?>("input")
        {
            Description = "The input; - reads standard input. If omitted on a terminal, starts a conversation.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new ApiCommand<ResponseRequest>(
            "respond", "Sends text to /v1/responses and prints the response as it arrives.", [input], new HashSet<string> { "input" }, terminal)
        {
            DefaultModel = DefaultModel,
            ShowsJson = true,
            Create = async (command, cancellationToken) => new ResponseRequest
            {
                Model = DefaultModel,
                Input = await PromptText.ReadOptionalAsync(command.GetValue(input), terminal, cancellationToken, "input").ConfigureAwait(false) is { } text ? [ResponseItem.FromUser(text)] : [],
            },
            Run = (call, cancellationToken) => call.Request.Input.Any()
                ? new ResponseDialog(call).RespondAsync(cancellationToken)
                : new Conversation(new ResponseDialog(call), call.Terminal, call.Command.GetValue(TogetherCommand.Verbose), interruption).RunAsync(cancellationToken),
        };
    }
}
