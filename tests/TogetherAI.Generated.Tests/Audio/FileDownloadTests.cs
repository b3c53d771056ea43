using System.IO.Compression;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Audio;

/// <summary>What a file that is downloaded says of itself, and that its connection is closed with it.</summary>
[CancelAfter(30_000)]
public sealed class FileDownloadTests
{
    private static SpeechRequest Sentence => new() { Model = "m", Input = "Hi.", Voice = "v" };

    [TestCase("attachment; filename=\"hello.wav\"", "hello.wav")]
    [TestCase("attachment; filename=hello.wav", "hello.wav")]
    [TestCase("inline; filename=\"plain.wav\"; filename*=UTF-8''%E4%BD%A0%E5%A5%BD.wav", "你好.wav")]
    [TestCase("attachment; filename=\"../../etc/passwd\"", "passwd")]
    [TestCase("attachment; filename=\"C:\\\\Windows\\\\hello.wav\"", "hello.wav")]
    [TestCase("attachment; filename=\"..\"", null)]
    [TestCase("attachment; filename=\"\"", null)]
    [TestCase("attachment", null)]
    [TestCase("; ; nonsense", null)]
    public async Task Download_says_what_it_is(string disposition, string? name)
    {
        await using var server = RawServer.Answering(Answers.Of(200, "RIFF", "audio/wav; rate=8000", $"Content-Disposition: {disposition}\r\n"));
        using var client = Clients.ForAll(server);

        using var file = await client.Audio.CreateSpeechAsync(Sentence);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((file.ContentType, file.Length, file.FileName), Is.EqualTo(("audio/wav", (long?)4, name)));
            Assert.That(await new StreamReader(file.Content).ReadToEndAsync(), Is.EqualTo("RIFF"));
        }
    }

    [Test]
    public async Task Download_of_which_nothing_is_known_says_nothing()
    {
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nRIFF\r\n0\r\n\r\n", stop);
        });
        using var client = Clients.ForAll(server);

        using var file = await client.Audio.CreateSpeechAsync(Sentence);

        Assert.That((file.ContentType, file.Length, file.FileName), Is.EqualTo(((string?)null, (long?)null, (string?)null)));
    }

    [Test]
    public async Task Download_that_is_compressed_does_not_say_how_long_it_is()
    {
        using var compressed = new MemoryStream();
        using (var zip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write("RIFF"u8);
        }

        await using var server = RawServer.Start((connection, _, stop) => connection.SendAsync(Answers.Bytes(compressed.ToArray(), "Content-Type: audio/wav\r\nContent-Encoding: gzip\r\n"), stop));
        using var client = Clients.ForAll(server);

        using var file = await client.Audio.CreateSpeechAsync(Sentence);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Length, Is.Null);
            Assert.That(bytes.ToArray(), Is.EqualTo("RIFF"u8.ToArray()));
        }
    }

    [Test]
    public async Task Download_that_is_disposed_closes_its_connection([Values] bool isAsynchronous, CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nContent-Length: 1000000\r\n\r\nRIFF", stop);
            await connection.WaitForCloseAsync(stop);
            closed.SetResult();
        });
        using var client = Clients.ForAll(server);
        var file = await client.Audio.CreateSpeechAsync(Sentence, cancellationToken: cancellationToken);
        await file.Content.ReadExactlyAsync(new byte[4], cancellationToken);

#if NETSTANDARD_CLIENT
        _ = isAsynchronous;
        file.Dispose();
#else
        if (isAsynchronous)
        {
            await file.DisposeAsync();
        }
        else
        {
            file.Dispose();
        }

#endif
        await Assert.ThatAsync(() => closed.Task.WaitAsync(cancellationToken), Throws.Nothing);
        Assert.That(() => file.Content.ReadByte(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Download_for_a_test_has_what_it_was_given()
    {
        using var bytes = new MemoryStream([1]);

        using var file = new FileDownload(bytes, "audio/wav", 1, "a.wav");

        Assert.That((file.Content, file.ContentType, file.Length, file.FileName), Is.EqualTo(((Stream)bytes, "audio/wav", (long?)1, "a.wav")));
    }
}
