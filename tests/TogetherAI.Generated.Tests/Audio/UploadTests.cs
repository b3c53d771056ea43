using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Audio;

/// <summary>Files and streams that are sent: what is read of them, how often, and what is said where that fails.</summary>
public sealed class UploadTests
{
    [Test, CancelAfter(30_000)]
    public async Task Upload_stream_that_can_seek_is_sent_again_from_where_it_stood(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync(503);
        using var stream = new MemoryStream("xxRIFF"u8.ToArray());
        stream.Position = 2;

        await server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = FileUpload.FromStream(stream, "a.mp3") }, cancellationToken: cancellationToken);

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
        var upload = FileUpload.FromStream(new ForwardStream("RIFF"), "a.flac");

        await Assert.ThatAsync(
            () => server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = upload }, cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIServerException>().With.Property("Attempts").EqualTo(1));
        await Assert.ThatAsync(
            () => server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = upload }, cancellationToken: cancellationToken),
            Throws.InvalidOperationException.With.Message.Contains("cannot be rewound"));

        Assert.That(server.Bodies, Has.Count.EqualTo(1).And.One.Contains("RIFF"));
    }

    [TestCase("n\u00e9.wav", "n\u00e9.wav")]
    [TestCase("\U0001f600.wav", "\U0001f600.wav")]
    [TestCase("\u4f60\u597d \U0001f468\u200d\U0001f469\u200d\U0001f467.wav", "\u4f60\u597d \U0001f468\u200d\U0001f469\u200d\U0001f467.wav")]
    [TestCase("a\"b\r\nc.wav", "a%22b%0D%0Ac.wav")]
    [CancelAfter(30_000)]
    public async Task Upload_file_name_arrives_in_every_script(string name, string received, CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();

        await server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = FileUpload.FromBytes("RIFF"u8.ToArray(), name) }, cancellationToken: cancellationToken);

        Assert.That(server.Parts, Is.EqualTo(new[] { $"file={received};audio/wav;RIFF" }));
    }

    [Test, CancelAfter(30_000)]
    public async Task Upload_file_name_with_half_a_character_is_sent_without_it(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();
        var name = "half " + "\U0001f600"[0] + ".wav";

        await server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = FileUpload.FromBytes("RIFF"u8.ToArray(), name) }, cancellationToken: cancellationToken);

        Assert.That(server.Parts, Is.EqualTo(new[] { "file=half \ufffd.wav;audio/wav;RIFF" }));
    }

    // The stream gives more only when the server has what it gave before: held back for later, an upload would never end.
    [Test, CancelAfter(60_000)]
    public async Task Upload_is_never_held_as_a_whole(CancellationToken cancellationToken)
    {
        const long Length = 8 * 1024 * 1024;
        using var stream = new PacedStream(Length, ahead: 1024 * 1024);
        await using var server = await UploadServer.StartReceivingAsync(stream.Received);

        await server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = FileUpload.FromStream(stream, "a.wav") }, cancellationToken: cancellationToken);

        Assert.That(stream.ReceivedCount, Is.GreaterThan(Length));
    }

    [Test, CancelAfter(30_000)]
    public async Task Upload_file_is_opened_for_each_attempt(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync(503);
        var path = TemporaryPath(".webm");
        await File.WriteAllTextAsync(path, "RIFF", cancellationToken);

        try
        {
            await server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = FileUpload.FromFile(path) }, cancellationToken: cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.That(server.Bodies, Has.Count.EqualTo(2));
        Assert.That(server.Parts, Is.EqualTo(new[] { $"file={Path.GetFileName(path)};audio/webm;RIFF" }));
    }

    [TestCase(typeof(IOException))]
    [TestCase(typeof(OperationCanceledException))]
    [CancelAfter(30_000)]
    public async Task Upload_stream_that_fails_is_no_failure_of_the_connection(Type failure, CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();
        using var stream = new ForwardStream("RIFF") { Failure = (Exception)Activator.CreateInstance(failure, "bad sector")! };

        await Assert.ThatAsync(
            () => server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = FileUpload.FromStream(stream, "a.wav") }, cancellationToken: cancellationToken),
            Throws.InvalidOperationException.With.Message.Contains("bad sector"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Upload_file_that_is_gone_is_no_failure_of_the_connection(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();
        var path = TemporaryPath();
        await File.WriteAllTextAsync(path, "RIFF", cancellationToken);
        var request = new TranscriptionRequest { File = FileUpload.FromFile(path) };
        File.Delete(path);

        await Assert.ThatAsync(() => server.Client.CreateTranscriptionAsync(request, cancellationToken: cancellationToken), Throws.InvalidOperationException);

        Assert.That(server.Bodies, Is.Empty);
    }

    [Test]
    public void Upload_that_cannot_be_is_refused_at_once()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => FileUpload.FromFile("/no/such.wav"), Throws.TypeOf<FileNotFoundException>());
            Assert.That(() => FileUpload.FromUrl(new Uri("file:///a.wav")), Throws.ArgumentException);
            Assert.That(() => FileUpload.FromBytes([], "a.wav", "audio/wav\r\nX-Smuggled: 1"), Throws.ArgumentException.With.Property("ParamName").EqualTo("contentType"));
            Assert.That(() => FileUpload.FromBytes([], "a.wav", ""), Throws.ArgumentException);
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Upload_stream_that_cannot_seek_is_never_sent_empty_by_a_handler_that_sends_twice(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();
        using var httpClient = new HttpClient(new TwiceHandler());
        using var client = new TogetherAIAudioClient(httpClient, server.Options);
        var request = new TranscriptionRequest { File = FileUpload.FromStream(new ForwardStream("RIFF"), "a.wav") };

        await Assert.ThatAsync(
            () => client.CreateTranscriptionAsync(request, cancellationToken: cancellationToken),
            Throws.InvalidOperationException.With.Message.Contains("cannot be rewound"));

        Assert.That(server.Bodies, Is.Empty);
    }

    [Test, CancelAfter(30_000)]
    public async Task Upload_file_is_sent_by_several_calls_at_once(CancellationToken cancellationToken)
    {
        var path = TemporaryPath();
        await File.WriteAllTextAsync(path, "RIFF", cancellationToken);
        using var handler = new MeetingHandler(calls: 2);
        using var httpClient = new HttpClient(handler);
        using var client = new TogetherAIAudioClient(httpClient, new TogetherAIOptions { BaseUrl = new Uri("http://localhost:9/"), ApiKey = "test-key" });
        var upload = FileUpload.FromFile(path);

        try
        {
            await Task.WhenAll(
                client.CreateTranscriptionAsync(new TranscriptionRequest { File = upload }, cancellationToken: cancellationToken),
                client.CreateTranslationAsync(new TranslationRequest { File = upload }, cancellationToken: cancellationToken));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.That(handler.Bodies, Has.Count.EqualTo(2).And.All.Contains("RIFF"));
    }

    [Test, CancelAfter(30_000), Platform("Linux")]
    public async Task Upload_file_that_claims_to_be_empty_is_sent_whole(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();

        await server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = FileUpload.FromFile("/proc/version", "audio/wav") }, cancellationToken: cancellationToken);

        Assert.That(server.Parts.Single(), Does.StartWith("file=version;audio/wav;Linux"));
    }

    [Test, CancelAfter(30_000), Platform("Linux")]
    public async Task Upload_pipe_is_sent_once(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync(503);
        var path = TemporaryPath();
        using (var made = System.Diagnostics.Process.Start("mkfifo", [path]))
        {
            await made.WaitForExitAsync(cancellationToken);
        }

        var upload = FileUpload.FromFile(path);
        var writing = Task.Run(() => File.WriteAllTextAsync(path, "RIFF", cancellationToken), cancellationToken);
        try
        {
            await Assert.ThatAsync(
                () => server.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = upload }, cancellationToken: cancellationToken),
                Throws.TypeOf<TogetherAIServerException>().With.Property("Attempts").EqualTo(1));
            await writing;
        }
        finally
        {
            File.Delete(path);
        }

        Assert.That(server.Parts, Is.EqualTo(new[] { $"file={Path.GetFileName(path)};audio/wav;RIFF" }));
    }

    [Test, CancelAfter(30_000)]
    public async Task Upload_stream_of_several_calls_at_once_is_named(CancellationToken cancellationToken)
    {
        using var handler = new MeetingHandler(calls: 1);
        using var httpClient = new HttpClient(handler);
        using var client = new TogetherAIAudioClient(httpClient, new TogetherAIOptions { BaseUrl = new Uri("http://localhost:9/"), ApiKey = "test-key" });
        using var stream = new MeetingStream();
        var upload = FileUpload.FromStream(stream, "a.wav");

        var first = client.CreateTranscriptionAsync(new TranscriptionRequest { File = upload }, cancellationToken: cancellationToken);
        await stream.Asked.Task.WaitAsync(cancellationToken);

        await Assert.ThatAsync(
            () => client.CreateTranslationAsync(new TranslationRequest { File = upload }, cancellationToken: cancellationToken),
            Throws.InvalidOperationException.With.Message.Contains("a separate upload for each call"));
        stream.Answer.SetResult();
        await Assert.ThatAsync(() => first, Throws.Nothing);
    }

    [TestCase(0, "RIFF")]
    [TestCase(2, "FF")]
    [TestCase(9, "")]
    public async Task Upload_stream_is_sent_as_long_as_it_was_at_first(int position, string sent)
    {
        await using var server = await UploadServer.StartAsync();
        using var stream = new MemoryStream();
        stream.Write("RIFF"u8);
        stream.Position = position;
        using var httpClient = new HttpClient(new ChangingHandler(() => stream.SetLength(20)));
        using var client = new TogetherAIAudioClient(httpClient, server.Options);

        await client.CreateTranscriptionAsync(new TranscriptionRequest { File = FileUpload.FromStream(stream, "a.wav") });

        Assert.That(server.Parts, Is.EqualTo(new[] { $"file=a.wav;audio/wav;{sent}" }));
    }

    [Test, CancelAfter(30_000)]
    public async Task Upload_stream_that_became_shorter_is_named_and_sent_once(CancellationToken cancellationToken)
    {
        await using var server = await UploadServer.StartAsync();
        using var stream = new MemoryStream();
        stream.Write("RIFF"u8);
        stream.Position = 0;
        var attempts = 0;
        using var httpClient = new HttpClient(new ChangingHandler(() =>
        {
            attempts++;
            stream.SetLength(2);
        }));
        using var client = new TogetherAIAudioClient(httpClient, server.Options);

        await Assert.ThatAsync(
            () => client.CreateTranscriptionAsync(new TranscriptionRequest { File = FileUpload.FromStream(stream, "a.wav") }, cancellationToken: cancellationToken),
            Throws.InvalidOperationException.With.Message.Contains("shorter"));

        Assert.That(attempts, Is.EqualTo(1));
    }

    private static string TemporaryPath(string ending = ".wav") => Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ending);

    /// <summary>Sends a request again, as one does that refreshes a token.</summary>
    private sealed class TwiceHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Something happens between the making of a request and its sending.</summary>
    private sealed class ChangingHandler(Action change) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            change();
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>A stream whose reader waits for the test.</summary>
    private sealed class MeetingStream() : MemoryStream("RIFF"u8.ToArray())
    {
        public TaskCompletionSource Asked { get; } = new();

        public TaskCompletionSource Answer { get; } = new();

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            await Answer.Task;
            return Read(buffer, offset, count);
        }
    }

    /// <summary>A stream that runs ahead of its receiver by so many bytes at most.</summary>
    private sealed class PacedStream(long length, long ahead) : MemoryStream
    {
        private readonly SemaphoreSlim _progress = new(0);
        private long _given;
        private long _received;

        public override bool CanSeek => false;

        public long ReceivedCount => Interlocked.Read(ref _received);

        public void Received(int count)
        {
            Interlocked.Add(ref _received, count);
            _progress.Release();
        }

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            while (_given - ReceivedCount > ahead)
            {
                await _progress.WaitAsync(cancellationToken);
            }

            var read = (int)Math.Min(count, length - _given);
            buffer.AsSpan(offset, read).Fill((byte)'x');
            _given += read;
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            _progress.Dispose();
            base.Dispose(disposing);
        }
    }
}
