using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Audio;

public sealed class TranscriptionTests
{
    [Test, CancelAfter(30_000)]
    public async Task CreateTranscription_form_has_every_field_the_model_first(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();
        var request = new TranscriptionRequest
        {
            File = FileUpload.FromBytes("RIFF"u8.ToArray(), "né \"1\".wav"),
            Model = "m",
            Language = "auto",
            ResponseFormat = TranscriptionResponseFormat.VerboseJson,
            Temperature = 0.5,
            TimestampGranularities = [TranscriptionTimestampGranularity.Segment, TranscriptionTimestampGranularity.Word],
            Diarize = true,
            MinSpeakers = 2,
        };
        request.AdditionalProperties["later"] = "x";

        var answer = await server.Client.CreateTranscriptionAsync(request, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Text, Is.EqualTo("Hello."));
            Assert.That(server.Parts, Is.EqualTo(new[]
            {
                "model=m", "language=auto", "response_format=verbose_json", "temperature=0.5", "timestamp_granularities[]=segment",
                "timestamp_granularities[]=word", "diarize=true", "min_speakers=2", "later=x", "file=né %221%22.wav;audio/wav;RIFF",
            }));
            Assert.That(server.Bodies[0].IndexOf("name=\"model\"", StringComparison.Ordinal), Is.Positive.And.LessThan(server.Bodies[0].IndexOf("name=\"file\"", StringComparison.Ordinal)));
            Assert.That(server.ContentTypes[0], Does.Match("^multipart/form-data; boundary=[0-9a-f]{32}$"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task CreateTranslation_address_is_a_text(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();

        var answer = await server.Client.CreateTranslationAsync(new TranslationRequest { Model = "m", File = new Uri("https://a/b.mp3") }, cancellationToken: cancellationToken);

        Assert.That(answer.Text, Is.EqualTo("Hello."));
        Assert.That(server.Parts, Is.EqualTo(new[] { "model=m", "file=https://a/b.mp3" }));
    }

    [Test]
    public void CreateTranscription_values_out_of_bounds_are_refused()
    {
        using var client = new TogetherAIAudioClient(new TogetherAIOptions { ApiKey = "test-key" });
        var request = new TranscriptionRequest { File = new Uri("https://a/b.mp3"), TimestampGranularities = ["segment", "word", "more"] };

        Assert.That(() => client.CreateTranscriptionAsync(request), Throws.ArgumentException.With.Property("ParamName").EqualTo("request.TimestampGranularities"));
    }

    [Test, CancelAfter(30_000)]
    public async Task CreateTranscription_words_that_were_left_out_count_nothing(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();
        var request = new TranscriptionRequest
        {
            File = new Uri("https://a/b.mp3"),
            TimestampGranularities = [TranscriptionTimestampGranularity.Segment, new(""), null!, TranscriptionTimestampGranularity.Word],
        };

        await server.Client.CreateTranscriptionAsync(request, cancellationToken: cancellationToken);

        Assert.That(server.Parts, Is.EqualTo(new[] { "file=https://a/b.mp3", "timestamp_granularities[]=segment", "timestamp_granularities[]=word" }));
    }
}
