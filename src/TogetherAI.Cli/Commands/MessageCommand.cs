using System.CommandLine;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>Talks with a model in the form of Anthropic's API: one message, or as many as a person types.</summary>
internal static class MessageCommand
{
    private const string DefaultModel = "zai-org/GLM-5.3";
    private const int DefaultMaxTokens = 4096;

    public static Command Create(Terminal terminal, Interruption interruption)
    {
        var prompt = new Argument<string?>("prompt")
        {
            Description = "The message; - reads standard input. If omitted on a terminal, starts a conversation.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new ApiCommand<MessageRequest>(
            "message", "Sends a message to /v1/messages and prints the response as it arrives.", [prompt], new HashSet<string> { "messages" }, terminal)
        {
            DefaultModel = DefaultModel,
            ShowsJson = true,
            Create = async (command, cancellationToken) => new MessageRequest
            {
                Model = DefaultModel,
                Messages = await PromptText.ReadOptionalAsync(command.GetValue(prompt), terminal, cancellationToken).ConfigureAwait(false) is { } text ? [MessageInput.FromUser(text)] : [],
                MaxTokens = DefaultMaxTokens,
            },
            Run = (call, cancellationToken) => call.Request.Messages.Count > 0
                ? new MessageDialog(call).RespondAsync(cancellationToken)
                : new Conversation(new MessageDialog(call), call.Terminal, call.Command.GetValue(TogetherCommand.Verbose), interruption).RunAsync(cancellationToken),
        };
    }
}
