using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>Transcribes a file with live transcription, and prints each part of the text as it is recognized.</summary>
internal static class ListenCommand
{
    private const string DefaultModel = "openai/whisper-large-v3";
    private const int PartsPerTurn = 50;
    private const double SecondsPerPart = 0.2;
    private const int SampleBytes = 2;

    private static readonly int[] SampleRates = [8_000, 16_000, 24_000];

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "The audio: a WAV file with 16-bit samples and one channel, at 8, 16 or 24 kHz." };
        return new ApiCommand<RealtimeTranscriptionParameters>(
            "listen", "Transcribes a WAV file with live transcription and prints the text as it is recognized.", [file],
            new HashSet<string> { "input_audio_format", "turn_detection", "threshold", "min_silence_duration_ms", "min_speech_duration_ms", "max_speech_duration_s", "speech_pad_ms" }, terminal)
        {
            DefaultModel = DefaultModel,
            ShowsJson = true,
            NeedsRoot = true,
            // The format is that of the file; the tool itself ends the turns, so that it knows when all of them are there.
            Create = (_, _) => Task.FromResult(new RealtimeTranscriptionParameters { Model = DefaultModel, InputAudioFormat = "pcm_s16le_16000", TurnDetection = "none" }),
            Run = (call, cancellationToken) => RunAsync(call, call.Command.GetRequiredValue(file), cancellationToken),
        };
    }

    private static async Task RunAsync(ApiCall<RealtimeTranscriptionParameters> call, string path, CancellationToken cancellationToken)
    {
        using var file = WavFile.Open(path);
        if (!SampleRates.Contains(file.SampleRate))
        {
            throw new UsageException($"The file {path} has {file.SampleRate} samples per second; only 8000, 16000 and 24000 are supported.");
        }

        if (file.IsEmpty)
        {
            throw new UsageException($"The file {path} has no audio.");
        }

        call.Request.InputAudioFormat = string.Create(CultureInfo.InvariantCulture, $"pcm_s16le_{file.SampleRate}");
        using var connection = await call.Client.Realtime.ConnectTranscriptionAsync(call.Request, call.Options, cancellationToken).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var total = new StrongBox<int>();
        var sending = SendAsync(connection, file, total, stop.Token);
        try
        {
            await PrintAsync(call, connection, total, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Tells the number of turns before the last of them can be complete.
    private static async Task SendAsync(RealtimeTranscriptionConnection connection, WavFile file, StrongBox<int> total, CancellationToken cancellationToken)
    {
        var (parts, turns) = (0, 0);
        var size = (int)(file.SampleRate * SecondsPerPart) * SampleBytes;
        var part = await file.ReadAsync(size, cancellationToken).ConfigureAwait(false);
        while (part.Length > 0)
        {
            var next = await file.ReadAsync(size, cancellationToken).ConfigureAwait(false);
            await connection.AppendAsync(part, cancellationToken).ConfigureAwait(false);
            if (++parts % PartsPerTurn == 0 || next.Length == 0)
            {
                turns++;
                Volatile.Write(ref total.Value, next.Length == 0 ? turns : 0);
                await connection.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            part = next;
        }
    }

    // Until the text of each turn is there.
    private static async Task PrintAsync(ApiCall<RealtimeTranscriptionParameters> call, RealtimeTranscriptionConnection connection, StrongBox<int> total, CancellationToken cancellationToken)
    {
        var (turns, failed) = (0, 0);
        await foreach (var message in connection.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (call.Json)
            {
                call.Terminal.Out.WriteLine(JsonText.Line(message));
            }

            if (message.Type == RealtimeTranscriptionEventType.TranscriptionCompleted)
            {
                turns++;
                if (!call.Json)
                {
                    call.Terminal.Out.WriteLine(message.Transcript);
                }
            }
            else if (message.Type == RealtimeTranscriptionEventType.TranscriptionFailed)
            {
                turns++;
                failed++;
                call.Terminal.Error($"A part of the audio could not be transcribed: {message.Error}");
            }

            if (Volatile.Read(ref total.Value) is > 0 and var all && turns >= all)
            {
                break;
            }
        }

        if (turns == 0 || turns < Volatile.Read(ref total.Value) || failed > 0)
        {
            throw new CommandFailedException("The transcription is incomplete.");
        }

        await connection.CloseAsync(cancellationToken).ConfigureAwait(false);
    }
}
