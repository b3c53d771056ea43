using System.CommandLine;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>Talks with a model: one message, or as many as a person types.</summary>
internal static class ChatCommand
{
    private const string DefaultModel = "meta-llama/Llama-3.3-70B-Instruct-Turbo";

    public static Command Create(Terminal terminal, Interruption interruption)
    {
        var prompt = new Argument<string?>("prompt")
        {
            Description = "The message; - reads standard input. If omitted on a terminal, starts a conversation.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var system = new Option<string?>("--system") { Description = "The system prompt; - reads standard input.", HelpName = "text" };
        var schema = new Option<string?>("--schema") { Description = "A file with the JSON schema that the response must follow; - reads standard input.", HelpName = "file" };
        return new ApiCommand<ChatCompletionRequest>(
            "chat", "Sends a message and prints the response as it arrives.", [prompt, system, schema], new HashSet<string> { "messages" }, terminal)
        {
            DefaultModel = DefaultModel,
            ShowsJson = true,
            Create = async (command, cancellationToken) =>
            {
                var request = new ChatCompletionRequest { Model = DefaultModel, Messages = [] };
                if (command.GetValue(system) is { } text)
                {
                    request.Messages.Add(ChatCompletionMessage.FromSystem(await terminal.Input.TextAsync(text, cancellationToken).ConfigureAwait(false)));
                }

                if (command.GetValue(schema) is { } file)
                {
                    request.ResponseFormat = ChatCompletionResponseFormat.FromJsonSchema("answer", await ReadSchemaAsync(file, terminal.Input, cancellationToken).ConfigureAwait(false));
                }

                if (await PromptText.ReadOptionalAsync(command.GetValue(prompt), terminal, cancellationToken).ConfigureAwait(false) is { } message)
                {
                    request.Messages.Add(ChatCompletionMessage.FromUser(message));
                }

                return request;
            },
            Run = (call, cancellationToken) => RunAsync(call, interruption, cancellationToken),
        };
    }

    private static async Task RunAsync(ApiCall<ChatCompletionRequest> call, Interruption interruption, CancellationToken cancellationToken)
    {
        if (call.Request.Messages.Any(message => message.Role == ChatCompletionRole.User))
        {
            await new ChatAnswer(call).PrintAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        await new Conversation(new ChatDialog(call), call.Terminal, call.Command.GetValue(TogetherCommand.Verbose), interruption).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<JToken> ReadSchemaAsync(string place, StandardInput input, CancellationToken cancellationToken)
    {
        try
        {
            var text = place == StandardInput.Name
                ? await input.TextAsync(place, cancellationToken).ConfigureAwait(false)
                : await File.ReadAllTextAsync(place, cancellationToken).ConfigureAwait(false);
            return JToken.Parse(text);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--schema cannot be read: {exception.Message}");
        }
    }
}
