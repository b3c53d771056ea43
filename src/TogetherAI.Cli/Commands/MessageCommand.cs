using System.CommandLine;
using Newtonsoft.Json;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>Sends a message in the form of Anthropic's API.</summary>
internal static class MessageCommand
{
    private const string DefaultModel = "zai-org/GLM-5.3";
    private const int DefaultMaxTokens = 4096;

    public static Command Create(Terminal terminal)
    {
        var prompt = new Argument<string>("prompt") { Description = "The message; - reads standard input." };
        return new ApiCommand<MessageRequest>(
            "message", "Sends a message to /v1/messages and prints the response as it arrives.", [prompt], new HashSet<string> { "messages" }, terminal)
        {
            DefaultModel = DefaultModel,
            ShowsJson = true,
            Create = async (command, cancellationToken) => new MessageRequest
            {
                Model = DefaultModel,
                Messages = [MessageInput.FromUser(await PromptText.ReadAsync(command.GetRequiredValue(prompt), terminal.Input, cancellationToken).ConfigureAwait(false))],
                MaxTokens = DefaultMaxTokens,
            },
            Run = RunAsync,
        };
    }

    private static async Task RunAsync(ApiCall<MessageRequest> call, CancellationToken cancellationToken)
    {
        if (call.Json)
        {
            var answer = await call.WaitAsync(() => call.Client.Messages.CreateAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
            call.Terminal.Out.WriteLine(JsonText.Indented(answer));
            return;
        }

        var message = new MessageAccumulator();
        using var line = new OpenLine(call.Terminal.Out);
        await foreach (var chunk in call.Client.Messages.StreamAsync(call.Request, call.Options, cancellationToken).ConfigureAwait(false))
        {
            message.Add(chunk);
            line.Write(chunk.Text);
        }

        foreach (var tool in message.ToResponse().ToolUses)
        {
            line.End();
            line.Write($"{tool.Name}({tool.Input?.ToString(Formatting.None)})");
        }
    }
}
