using System.CommandLine;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>Reads a text aloud.</summary>
internal static class SpeakCommand
{
    private const string DefaultModel = "hexgrad/Kokoro-82M";
    private const string DefaultVoice = "af_alloy";

    public static Command Create(Terminal terminal)
    {
        var text = new Argument<string>("text") { Description = "The text to synthesize; - reads standard input." };
        var output = new OutputFile();
        return new ApiCommand<SpeechRequest>(
            "speak", "Synthesizes speech from text and writes it to a file.", [text, output.Option], new HashSet<string> { "input" }, terminal)
        {
            DefaultModel = DefaultModel,
            Create = async (command, cancellationToken) => new SpeechRequest
            {
                Model = DefaultModel,
                Input = await PromptText.ReadAsync(command.GetRequiredValue(text), terminal.Input, cancellationToken).ConfigureAwait(false),
                Voice = DefaultVoice,
            },
            Run = (call, cancellationToken) => RunAsync(call, output, cancellationToken),
        };
    }

    private static async Task RunAsync(ApiCall<SpeechRequest> call, OutputFile output, CancellationToken cancellationToken)
    {
        using var target = await output.OpenAsync(call.Command, call.Terminal, cancellationToken).ConfigureAwait(false);
        var audio = await call.WaitAsync(() => call.Client.Audio.CreateSpeechAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
        await using (audio.ConfigureAwait(false))
        {
            await target.WriteAsync(audio.Content, cancellationToken).ConfigureAwait(false);
        }
    }
}
