using System.Text;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Audio;

public sealed class TranscriptionTests
{
#if NETSTANDARD_CLIENT
    // Headers are ASCII there.
    private const string FileName = "n%C3%A9 %221%22.wav";
#else
    private const string FileName = "né %221%22.wav";
#endif

    [Test, CancelAfter(30_000)]
    public async Task CreateTranscription_form_has_every_field_the_model_first(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();
        var request = new TranscriptionRequest
        {
            File = AudioUpload.FromBytes("RIFF"u8.ToArray(), "né \"1\".wav"),
            Model = "m",
            Language = "auto",
            ResponseFormat = TranscriptionFormat.VerboseJson,
            Temperature = 0.5,
            TimestampGranularities = [TimestampGranularity.Segment, TimestampGranularity.Word],
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
                "model=m", "language=auto", "response_format=verbose_json", "temperature=0.5", "timestamp_granularities=segment",
                "timestamp_granularities=word", "diarize=true", "min_speakers=2", "later=x", $"file={FileName};audio/wav;RIFF",
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

    [Test, CancelAfter(30_000)]
    public async Task Upload_stream_that_can_seek_is_sent_again_from_where_it_stood(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync(503);
        using var stream = new MemoryStream("xxRIFF"u8.ToArray());
        stream.Position = 2;

        await server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = AudioUpload.FromStream(stream, "a.mp3") }, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Bodies, Has.Count.EqualTo(2));
            Assert.That(server.Parts, Is.EqualTo(new[] { "file=a.mp3;audio/mpeg;RIFF" }));
            Assert.That(stream.CanRead, Is.True);
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Upload_stream_that_cannot_seek_is_sent_once(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync(503);
        var upload = AudioUpload.FromStream(new ForwardStream("RIFF"), "a.flac");

        await Assert.ThatAsync(
            () => server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = upload }, cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIServerException>().With.Property("Attempts").EqualTo(1));
        await Assert.ThatAsync(
            () => server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = upload }, cancellationToken: cancellationToken),
            Throws.InvalidOperationException);

        Assert.That(server.Bodies, Has.Count.EqualTo(1).And.One.Contains("RIFF"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Upload_is_never_held_as_a_whole(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();
        using var stream = new ForwardStream(new string('x', 4_000_000));

        await server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = AudioUpload.FromStream(stream, "a.wav") }, cancellationToken: cancellationToken);

        Assert.That(stream.LargestRead, Is.LessThanOrEqualTo(128 * 1024));
        Assert.That(server.Parts.Single(), Has.Length.GreaterThan(4_000_000));
    }

    [Test, CancelAfter(30_000)]
    public async Task Upload_file_is_opened_for_each_attempt(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync(503);
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.webm");
        await File.WriteAllTextAsync(path, "RIFF", cancellationToken);

        try
        {
            await server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = AudioUpload.FromFile(path) }, cancellationToken: cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.That(server.Bodies, Has.Count.EqualTo(2));
        Assert.That(server.Parts, Is.EqualTo(new[] { $"file={Path.GetFileName(path)};audio/webm;RIFF" }));
    }

    [Test, CancelAfter(30_000)]
    public async Task Upload_stream_that_fails_is_no_failure_of_the_connection(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();
        using var stream = new ForwardStream("RIFF") { Failure = new IOException("bad sector") };

        await Assert.ThatAsync(
            () => server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = AudioUpload.FromStream(stream, "a.wav") }, cancellationToken: cancellationToken),
            Throws.InvalidOperationException.With.Message.Contains("bad sector"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Upload_file_that_is_gone_is_no_failure_of_the_connection(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.wav");
        await File.WriteAllTextAsync(path, "RIFF", cancellationToken);
        var request = new TranscriptionRequest { File = AudioUpload.FromFile(path) };
        File.Delete(path);

        await Assert.ThatAsync(() => server.Client.CreateTranscriptionAsync(request, cancellationToken: cancellationToken), Throws.InvalidOperationException);

        Assert.That(server.Bodies, Is.Empty);
    }

    [Test]
    public void Upload_that_cannot_be_is_refused_at_once()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => AudioUpload.FromFile("/no/such.wav"), Throws.TypeOf<FileNotFoundException>());
            Assert.That(() => AudioUpload.FromUrl(new Uri("file:///a.wav")), Throws.ArgumentException);
        }
    }

    [Test]
    public void CreateTranscription_values_out_of_bounds_are_refused()
    {
        using var client = new TogetherAIAudioClient(new TogetherAIOptions { ApiKey = "test-key" });
        var request = new TranscriptionRequest { File = new Uri("https://a/b.mp3"), TimestampGranularities = ["segment", "word", "more"] };

        Assert.That(() => client.CreateTranscriptionAsync(request), Throws.ArgumentException.With.Property("ParamName").EqualTo("request.TimestampGranularities"));
    }

    private sealed class ForwardStream(string text) : Stream
    {
        private readonly MemoryStream _bytes = new(Encoding.UTF8.GetBytes(text));

        public Exception? Failure { get; init; }

        public int LargestRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            LargestRead = Math.Max(LargestRead, count);
            return Failure is null ? _bytes.Read(buffer, offset, count) : throw Failure;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
