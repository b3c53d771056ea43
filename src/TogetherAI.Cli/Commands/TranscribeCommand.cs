using System.CommandLine;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>Transcribes an audio file.</summary>
internal static class TranscribeCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "The audio: a file, an http or https URL that the service downloads, or - for standard input." };
        return new ApiCommand<TranscriptionRequest>(
            "transcribe", "Transcribes an audio file and prints the text.", [file], new HashSet<string> { "file" }, terminal)
        {
            ShowsJson = true,
            Create = async (command, cancellationToken) => new TranscriptionRequest
            {
                File = await RecordingAsync(command.GetRequiredValue(file), terminal.Input, cancellationToken).ConfigureAwait(false),
            },
            Run = RunAsync,
        };
    }

    private static async Task<FileUpload> RecordingAsync(string place, StandardInput input, CancellationToken cancellationToken)
    {
        if (place == StandardInput.Name)
        {
            // The service looks into the recording for its format.
            return FileUpload.FromBytes(await input.BytesAsync(cancellationToken).ConfigureAwait(false), "audio");
        }

        if (Uri.TryCreate(place, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return FileUpload.FromUrl(url);
        }

        return File.Exists(place) ? FileUpload.FromFile(place) : throw new UsageException($"The file {place} does not exist.");
    }

    private static async Task RunAsync(ApiCall<TranscriptionRequest> call, CancellationToken cancellationToken)
    {
        var answer = await call.WaitAsync(() => call.Client.Audio.CreateTranscriptionAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
        call.Terminal.Out.WriteLine(call.Json ? JsonText.Indented(answer) : answer.Text);
    }
}
