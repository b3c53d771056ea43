using System.CommandLine;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>Asks for a response in the form of OpenAI's Responses API.</summary>
internal static class RespondCommand
{
    private const string DefaultModel = "zai-org/GLM-5.3";

    public static Command Create(Terminal terminal)
    {
        var input = new Argument<string>("input") { Description = "Text to respond to; - reads standard input." };
        return new ApiCommand<ResponseRequest>(
            "respond", "Sends a text to /v1/responses and prints the response as it arrives.", [input], new HashSet<string> { "input" }, terminal)
        {
            DefaultModel = DefaultModel,
            ShowsJson = true,
            Create = async (command, cancellationToken) => new ResponseRequest
            {
                Model = DefaultModel,
                Input = await PromptText.ReadAsync(command.GetRequiredValue(input), terminal.Input, cancellationToken, "input").ConfigureAwait(false),
            },
            Run = RunAsync,
        };
    }

    private static async Task RunAsync(ApiCall<ResponseRequest> call, CancellationToken cancellationToken)
    {
        if (call.Json)
        {
            var answer = await call.WaitAsync(() => call.Client.Responses.CreateAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
            call.Terminal.Out.WriteLine(JsonText.Indented(answer));
            return;
        }

        var response = new ResponseAccumulator();
        using var line = new OpenLine(call.Terminal.Out);
        await foreach (var chunk in call.Client.Responses.StreamAsync(call.Request, call.Options, cancellationToken).ConfigureAwait(false))
        {
            response.Add(chunk);
            line.Write(chunk.Text);
        }

        foreach (var function in response.ToResponse().FunctionCalls)
        {
            line.End();
            line.Write($"{function.Name}({function.Arguments})");
        }
    }
}
