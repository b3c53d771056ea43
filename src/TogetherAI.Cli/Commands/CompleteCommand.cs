using System.CommandLine;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>Lets a model continue a text.</summary>
internal static class CompleteCommand
{
    private const string DefaultModel = "meta-llama/Llama-3.3-70B-Instruct-Turbo";

    public static Command Create(Terminal terminal)
    {
        var prompt = new Argument<string>("prompt") { Description = "The text to continue; - reads standard input." };
        return new ApiCommand<CompletionRequest>(
            "complete", "Continues a text and prints the continuation as it arrives.", [prompt], new HashSet<string> { "prompt" }, terminal)
        {
            DefaultModel = DefaultModel,
            ShowsJson = true,
            Create = async (command, cancellationToken) => new CompletionRequest
            {
                Model = DefaultModel,
                Prompt = await PromptText.ReadAsync(command.GetRequiredValue(prompt), terminal.Input, cancellationToken).ConfigureAwait(false),
            },
            Run = RunAsync,
        };
    }

    private static async Task RunAsync(ApiCall<CompletionRequest> call, CancellationToken cancellationToken)
    {
        if (call.Json)
        {
            var answer = await call.WaitAsync(() => call.Client.Completions.CreateAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
            call.Terminal.Out.WriteLine(JsonText.Indented(answer));
            return;
        }

        using var line = new OpenLine(call.Terminal.Out);
        await foreach (var token in call.Client.Completions.StreamTokensAsync(call.Request, call.Options, cancellationToken).ConfigureAwait(false))
        {
            line.Write(token);
        }
    }
}
