using System.Buffers.Binary;
using System.Text;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

public sealed class AudioTests
{
    private TogetherAILocalServer _server = null!;
    private TogetherAIClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 });
        _client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = _server.Url, ApiKey = "any", MaxRetries = 0 });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test, CancelAfter(30_000)]
    public async Task Speech_is_a_WAV_file_that_grows_with_the_text(CancellationToken cancellationToken)
    {
        var shorter = await SpeakAsync(new string('a', 10), cancellationToken);
        var longer = await SpeakAsync(new string('a', 20), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.ASCII.GetString(shorter, 0, 4), Is.EqualTo("RIFF"));
            Assert.That(BinaryPrimitives.ReadInt32LittleEndian(shorter.AsSpan(4)), Is.EqualTo(shorter.Length - 8));
            Assert.That(BinaryPrimitives.ReadInt32LittleEndian(shorter.AsSpan(40)), Is.EqualTo(shorter.Length - 44));
            Assert.That(longer.Length - 44, Is.EqualTo(2 * (shorter.Length - 44)));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Speech_events_carry_the_samples_of_the_raw_answer(CancellationToken cancellationToken)
    {
        var request = Speech("hello", SpeechResponseFormat.Raw);
        request.ResponseEncoding = SpeechResponseEncoding.PcmInt16;

        var chunks = await _client.Audio.StreamSpeechAsync(request, cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        var raw = await ReadAsync(await _client.Audio.CreateSpeechAsync(request, cancellationToken: cancellationToken), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chunks, Has.Count.GreaterThan(1));
            Assert.That(chunks.SelectMany(chunk => chunk.Audio!.Value.ToArray()), Is.EqualTo(raw));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Transcription_tells_the_length_of_what_was_uploaded(CancellationToken cancellationToken)
    {
        var wav = await SpeakAsync(new string('a', 50), cancellationToken);
        using var stream = new MemoryStream(wav);
        var request = new TranscriptionRequest
        {
            File = FileUpload.FromStream(stream, "tone.wav"),
            ResponseFormat = TranscriptionResponseFormat.VerboseJson,
            TimestampGranularities = [TranscriptionTimestampGranularity.Word],
            Diarize = true,
        };

        var text = await _client.Audio.CreateTranscriptionAsync(request, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.Text, Does.Contain($"tone.wav, {wav.Length} bytes"));
            Assert.That(text.Duration!.Value.TotalSeconds, Is.EqualTo(3).Within(0.01));
            Assert.That(text.Task, Is.EqualTo(TranscriptionTask.Transcribe));
            Assert.That(string.Join(' ', text.Words!.Select(word => word.Word)), Is.EqualTo(text.Text));
            Assert.That(text.SpeakerSegments, Has.Count.EqualTo(1));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Translation_of_an_address_has_its_text_alone(CancellationToken cancellationToken)
    {
        var request = new TranslationRequest { File = FileUpload.FromUrl(new Uri("https://example.com/a.mp3")) };

        var text = await _client.Audio.CreateTranslationAsync(request, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.Text, Does.Contain("https://example.com/a.mp3"));
            Assert.That(text.Task, Is.Null);
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Form_without_a_file_is_refused(CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent { { new StringContent("m"), "model" } };

        using var response = await PlainHttp.Client.PostAsync(new Uri(_server.Url, "v1/audio/transcriptions"), form, cancellationToken);
        var json = await PlainHttp.JsonAsync(response, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(400));
            Assert.That(json["error"]!["param"]!.GetValue<string>(), Is.EqualTo("file"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Form_that_is_none_is_refused(CancellationToken cancellationToken)
    {
        using var response = await PlainHttp.PostToAsync(_server, "v1/audio/translations", "{}", cancellationToken);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
    }

    [Test, CancelAfter(30_000)]
    public async Task Form_that_breaks_off_is_refused(CancellationToken cancellationToken)
    {
        using var content = new StringContent("--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\nhalf");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        using var response = await PlainHttp.Client.PostAsync(new Uri(_server.Url, "v1/audio/transcriptions"), content, cancellationToken);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
    }

    [Test, CancelAfter(30_000)]
    public async Task Voices_are_listed_for_all_models_or_one(CancellationToken cancellationToken)
    {
        var all = await _client.Audio.ListVoicesAsync(cancellationToken: cancellationToken);
        var one = await _client.Audio.ListVoicesAsync(new VoiceListRequest { Model = all.Data[0].Model }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Data, Has.Count.GreaterThan(1));
            Assert.That(one.Data.Select(voices => voices.Model), Is.EqualTo(new[] { all.Data[0].Model }));
            Assert.That(one.Data[0].Voices![0].Name, Is.Not.Empty);
        }
    }

    private static SpeechRequest Speech(string text, SpeechResponseFormat format) => new() { Model = "m", Input = text, Voice = "v", ResponseFormat = format };

    private async Task<byte[]> SpeakAsync(string text, CancellationToken cancellationToken)
        => await ReadAsync(await _client.Audio.CreateSpeechAsync(Speech(text, SpeechResponseFormat.Wav), cancellationToken: cancellationToken), cancellationToken);

    private static async Task<byte[]> ReadAsync(FileDownload file, CancellationToken cancellationToken)
    {
        await using (file)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, cancellationToken);
            return bytes.ToArray();
        }
    }
}
