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

    public static Command Create(Terminal terminal)
    {
        var prompt = new Argument<string?>("prompt")
        {
            Description = "The message; - reads standard input. Without it, a terminal asks for one message after another.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var system = new Option<string?>("--system") { Description = "What the model is told before the conversation.", HelpName = "text" };
        var schema = new Option<FileInfo?>("--schema") { Description = "File with a JSON schema that the answer has to follow.", HelpName = "file" };
        return new ApiCommand<ChatCompletionRequest>(
            "chat", "Sends a message and prints the answer as it arrives.", [prompt, system, schema], new HashSet<string> { "messages" }, terminal)
        {
            DefaultModel = DefaultModel,
            ShowsJson = true,
            Create = async (command, cancellationToken) =>
            {
                var request = new ChatCompletionRequest { Model = DefaultModel, Messages = [] };
                if (command.GetValue(system) is { } text)
                {
                    request.Messages.Add(ChatCompletionMessage.System(text));
                }

                if (command.GetValue(schema) is { } file)
                {
                    request.ResponseFormat = ResponseFormat.FromJsonSchema("answer", await ReadSchemaAsync(file, cancellationToken).ConfigureAwait(false));
                }

                var argument = command.GetValue(prompt) ?? (terminal.CanAsk ? null : PromptText.StandardInput);
                if (argument is not null)
                {
                    request.Messages.Add(ChatCompletionMessage.User(await PromptText.ReadAsync(argument, cancellationToken).ConfigureAwait(false)));
                }

                return request;
            },
            Run = RunAsync,
        };
    }

    private static async Task RunAsync(ApiCall<ChatCompletionRequest> call, CancellationToken cancellationToken)
    {
        var messages = call.Request.Messages;
        if (messages.Any(message => message.Role == ChatCompletionRole.User))
        {
            await AnswerAsync(call, cancellationToken).ConfigureAwait(false);
            return;
        }

        call.Terminal.Note("An empty line ends the conversation.");
        while (await call.Terminal.AskAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } line)
        {
            messages.Add(ChatCompletionMessage.User(line));
            if (await AnswerAsync(call, cancellationToken).ConfigureAwait(false) is { } reply)
            {
                messages.Add(ChatCompletionMessage.Assistant(reply));
            }
        }
    }

    private static async Task<ChatCompletionReply?> AnswerAsync(ApiCall<ChatCompletionRequest> call, CancellationToken cancellationToken)
    {
        if (!call.Json)
        {
            return await StreamAsync(call, cancellationToken).ConfigureAwait(false);
        }

        var answer = await call.WaitAsync(() => call.Client.Chat.CompleteAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
        call.Terminal.Out.WriteLine(JsonText.Indented(answer));
        return answer.Choices.FirstOrDefault()?.Message;
    }

    private static async Task<ChatCompletionReply?> StreamAsync(ApiCall<ChatCompletionRequest> call, CancellationToken cancellationToken)
    {
        var whole = new ChatCompletionAccumulator();
        using var line = new OpenLine(call.Terminal.Out);
        await foreach (var chunk in call.Client.Chat.StreamAsync(call.Request, call.Options, cancellationToken).ConfigureAwait(false))
        {
            whole.Add(chunk);
            line.Write(chunk.Choices?.FirstOrDefault(choice => choice.Index is null or 0)?.Delta?.Content);
        }

        var reply = whole.ToCompletion().Choices.FirstOrDefault()?.Message;
        foreach (var tool in reply?.ToolCalls ?? [])
        {
            line.End();
            line.Write($"{tool.Function?.Name}({tool.Function?.Arguments})");
        }

        return reply;
    }

    private static async Task<JToken> ReadSchemaAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return JToken.Parse(await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--schema cannot be read: {exception.Message}");
        }
    }
}
