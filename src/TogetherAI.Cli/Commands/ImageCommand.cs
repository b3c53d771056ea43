using System.CommandLine;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>Draws an image.</summary>
internal static class ImageCommand
{
    private const string DefaultModel = "openai/gpt-image-2";

    public static Command Create(Terminal terminal)
    {
        var prompt = new Argument<string>("prompt") { Description = "The prompt; - reads standard input." };
        var output = new OutputFile();
        return new ApiCommand<ImageRequest>(
            "image", "Generates an image and writes it to a file.", [prompt, output.Option], new HashSet<string> { "prompt", "n", "response_format" }, terminal)
        {
            DefaultModel = DefaultModel,
            Create = async (command, cancellationToken) => new ImageRequest
            {
                Model = DefaultModel,
                Prompt = await PromptText.ReadAsync(command.GetRequiredValue(prompt), terminal.Input, cancellationToken).ConfigureAwait(false),
                ResponseFormat = ImageResponseFormat.Base64,
            },
            Run = (call, cancellationToken) => RunAsync(call, output, cancellationToken),
        };
    }

    private static async Task RunAsync(ApiCall<ImageRequest> call, OutputFile output, CancellationToken cancellationToken)
    {
        using var target = await output.OpenAsync(call.Command, call.Terminal, cancellationToken).ConfigureAwait(false);
        var answer = await call.WaitAsync(() => call.Client.Images.GenerateAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
        var image = answer.Data.FirstOrDefault()?.Data ?? throw new InvalidOperationException("The response has no image.");
        using var content = new MemoryStream(image.ToArray());
        await target.WriteAsync(content, cancellationToken).ConfigureAwait(false);
    }
}
