using System.Text;
using static TogetherAI.Net472.CheckList;

namespace TogetherAI.Net472;

/// <summary>Downloads, their streams, and uploads as forms.</summary>
internal static class AudioCalls
{
    private static readonly byte[] Recording = Encoding.ASCII.GetBytes("RIFF" + new string('x', 1_000_000));

    public static void AddTo(CheckList checks, TogetherAIClient client)
    {
        checks.Add("speech, download", async () => Require((await client.Audio.CreateSpeechAsync(Requests.Speech).ReadBytesAsync()).Length > 10_000));
        checks.Add("speech, chunks", async () =>
        {
            var chunks = await client.Audio.StreamSpeechAsync(Requests.Speech).ToListAsync();
            var whole = await client.Audio.CreateSpeechAsync(Requests.Speech).ReadBytesAsync();
            Require(chunks.SelectMany(chunk => chunk.Audio?.ToArray() ?? []).SequenceEqual(whole));
        });
        checks.Add("speech, bytes of the stream", async () =>
            Require((await client.Audio.StreamSpeechBytesAsync(Requests.Speech).ReadTextAsync()).TrimEnd().EndsWith("data: [DONE]", StringComparison.Ordinal)));
        checks.Add("voices", async () => Require((await client.Audio.ListVoicesAsync(new VoiceListRequest { Model = "hexgrad/Kokoro-82M" })).Data is not null));

        foreach (var name in new[] { "plain.wav", "n\u00e9.wav", "\u4f60\u597d.wav", "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467.wav" })
        {
            checks.Add($"transcription of bytes called {name}", async () =>
            {
                var answer = await client.Audio.CreateTranscriptionAsync(new TranscriptionRequest { File = FileUpload.FromBytes(Recording, name) });
                Require(answer.Text.Contains($"{name}, {Recording.Length} bytes"));
            });
        }

        checks.Add("transcription of a file, with times and speakers", async () =>
        {
            var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".wav");
            File.WriteAllBytes(path, Recording);
            try
            {
                var answer = await client.Audio.CreateTranscriptionAsync(new TranscriptionRequest
                {
                    File = FileUpload.FromFile(path),
                    ResponseFormat = TranscriptionResponseFormat.VerboseJson,
                    TimestampGranularities = [TranscriptionTimestampGranularity.Segment, TranscriptionTimestampGranularity.Word],
                    Diarize = true,
                    Temperature = 0.5,
                });
                Require(answer.Text.Contains($"{Recording.Length} bytes"));
                Require(answer.Words!.Count > 0 && answer.Segments!.Count > 0 && answer.SpeakerSegments!.Count > 0);
            }
            finally
            {
                File.Delete(path);
            }
        });
        checks.Add("transcription of a stream that cannot seek", async () =>
        {
            using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out);
            using var reading = new System.IO.Pipes.AnonymousPipeClientStream(System.IO.Pipes.PipeDirection.In, pipe.ClientSafePipeHandle);
            var writing = Task.Run(() =>
            {
                pipe.Write(Recording, 0, Recording.Length);
                pipe.Dispose();
            });
            var answer = await client.Audio.CreateTranscriptionAsync(new TranscriptionRequest { File = FileUpload.FromStream(reading, "pipe.wav") });
            await writing;
            Require(answer.Text.Contains($"{Recording.Length} bytes"));
        });
        checks.Add("transcription of an address", async () =>
        {
            var answer = await client.Audio.CreateTranscriptionAsync(new TranscriptionRequest { File = FileUpload.FromUrl(new Uri("https://example.com/a.mp3")) });
            Require(answer.Text.Contains("https://example.com/a.mp3"));
        });
        checks.Add("translation", async () =>
        {
            var answer = await client.Audio.CreateTranslationAsync(new TranslationRequest { File = FileUpload.FromBytes(Recording, "a.mp3"), Language = "de" });
            Require(answer.Text.Contains($"{Recording.Length} bytes"));
        });
        checks.Add("upload that cannot be read", async () =>
        {
            using var stream = new UnreadableStream();
            var request = new TranscriptionRequest { File = FileUpload.FromStream(stream, "a.wav") };
            var failure = await FailsAsync<InvalidOperationException>(() => client.Audio.CreateTranscriptionAsync(request));
            Require(failure.Message.Contains("bad sector"));
        });
    }

    private sealed class UnreadableStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new IOException("bad sector");
    }
}
