using Microsoft.Extensions.AI;
using NUnit.Framework;
using TogetherAI.Extensions.AI.Tests.Support;

namespace TogetherAI.Extensions.AI.Tests.Audio;

/// <summary>The speech-to-text client: the form that the server receives, and the text that becomes of its response.</summary>
[CancelAfter(30_000)]
public sealed class TranscriptionTests
{
    private const string Verbose = """{"text":"Hello there.","task":"transcribe","language":"en","duration":2.5,"weight":"w","usage":{"type":"duration","seconds":3},"segments":[{"id":0,"start":0.5,"end":1,"text":"Hello"},{"id":1,"start":1,"end":2.25,"text":" there."}]}""";

    private static readonly byte[] Mp3 = "ID3 and more than twelve bytes"u8.ToArray();

    private static readonly TestCaseData[] Sent =
    [
        Case("no_options", null, "/v1/audio/transcriptions", """model="org/model" """),
        Case("model", new() { ModelId = "other/model" }, "/v1/audio/transcriptions", """model="other/model" """),
        Case("language", new() { SpeechLanguage = "zh-HK" }, "/v1/audio/transcriptions", """language="zh-hk" """),
        Case("same_language", new() { SpeechLanguage = "en", TextLanguage = "EN" }, "/v1/audio/transcriptions", """language="en" """),
        Case("other_language", new() { SpeechLanguage = "fr", TextLanguage = "en" }, "/v1/audio/translations", """language="en" """),
        Case("language_of_the_text", new() { TextLanguage = "en" }, "/v1/audio/translations", """language="en" """),
        Case("additional_fields", new() { AdditionalProperties = new() { ["prompt"] = "Names", ["temperature"] = 0.5f } }, "/v1/audio/transcriptions", """prompt="Names" temperature="0.5" """),
        Case("raw_transcription", new() { SpeechLanguage = "fr", RawRepresentationFactory = static _ => new TranscriptionRequest(FileUpload.FromBytes([], "none.wav")) { Model = "raw/model", Language = "de", Diarize = true } }, "/v1/audio/transcriptions", """model="raw/model" language="de" diarize="true" """),
        Case("raw_translation", new() { RawRepresentationFactory = static _ => new TranslationRequest(FileUpload.FromBytes([], "none.wav")) { Prompt = "Names" } }, "/v1/audio/translations", """prompt="Names" model="org/model" """),
    ];

    private static readonly TestCaseData[] Refused =
    [
        Refusal<NotSupportedException>("sample_rate", "SpeechSampleRate", new() { SpeechSampleRate = 16_000 }),
        Refusal<InvalidOperationException>("raw_request_of_others", "TranscriptionRequest", new() { RawRepresentationFactory = static _ => "text" }),
        Refusal<InvalidOperationException>("raw_transcription_for_a_translation", "TranslationRequest", new() { TextLanguage = "en", RawRepresentationFactory = static _ => new TranscriptionRequest(FileUpload.FromBytes([], "none.wav")) }),
        Refusal<ArgumentException>("field_that_is_no_JSON", "[\"callback\"]", new() { AdditionalProperties = new() { ["callback"] = new Action(static () => { }) } }),
    ];

    [TestCaseSource(nameof(Sent))]
    public async Task Options_are_sent_as(SpeechToTextOptions? options, string path, string fields)
    {
        await using var server = ChatServer.Whole("""{"text":"Hello"}""");
        using var audio = new MemoryStream(Mp3);

        await server.Client.Audio.AsISpeechToTextClient(ChatServer.Model).GetTextAsync(audio, options);

        var request = server.Requests.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Target, Is.EqualTo(path));
            foreach (var field in fields.Trim().Split(' '))
            {
                var (name, value) = (field.Split('=')[0], field.Split('"')[1]);
                Assert.That(request.Body, Does.Match($"name=\"?{name}\"?\r\n(Content-[^\r\n]*\r\n)*\r\n{value}\r\n"));
            }
        }
    }

    [TestCaseSource(nameof(Refused))]
    public async Task Options_that_cannot_be_sent_are_refused(SpeechToTextOptions options, Type exception, string said)
    {
        await using var server = ChatServer.Whole("""{"text":"Hello"}""");
        using var client = server.Client.Audio.AsISpeechToTextClient(ChatServer.Model);
        using var audio = new MemoryStream(Mp3);

        await Assert.ThatAsync(() => client.GetTextAsync(audio, options), Throws.TypeOf(exception).With.Message.Contains(said));
        Assert.That(() => client.GetStreamingTextAsync(audio, options), Throws.TypeOf(exception).With.Message.Contains(said));
        Assert.That(server.Requests, Is.Empty);
    }

    [TestCase("ID3 and more than twelve bytes", "audio.mp3")]
    [TestCase("RIFF0000WAVEfmt ", "audio.wav")]
    [TestCase("fLaC and more than twelve bytes", "audio.flac")]
    [TestCase("OggS and more than twelve bytes", "audio.ogg")]
    [TestCase("0000ftypM4A and more", "audio.m4a")]
    [TestCase("something else", "audio.wav")]
    [TestCase("short", "audio.wav")]
    public async Task Name_of_a_stream_tells_its_format(string content, string name)
    {
        await using var server = ChatServer.Whole("""{"text":"Hello"}""");
        using var audio = new MemoryStream(System.Text.Encoding.ASCII.GetBytes("before" + content)) { Position = 6 };

        await server.Client.Audio.AsISpeechToTextClient().GetTextAsync(audio);

        Assert.That(server.Requests.Single().Body, Does.Match($"filename=\"?{name}\"?[^-]").And.Contains($"\r\n\r\n{content}\r\n").And.Not.Contains("name=\"model\""));
        Assert.That(audio.CanRead);
    }

    [TestCase(".webm", "ID3 and more than twelve bytes", ".webm")]
    [TestCase(".WAV", "ID3 and more than twelve bytes", ".WAV")]
    [TestCase(".new", "something else", ".new")]
    [TestCase(".tmp", "ID3 and more than twelve bytes", null)]
    public async Task File_keeps_its_name_unless_that_hides_its_format(string extension, string content, string? kept)
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + extension);
        await File.WriteAllTextAsync(path, content);
        await using var server = ChatServer.Whole("""{"text":"Hello"}""");
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, FileOptions.DeleteOnClose))
        {
            await server.Client.Audio.AsISpeechToTextClient().GetTextAsync(file);
        }

        Assert.That(server.Requests.Single().Body, Does.Contain(kept is null ? "audio.mp3" : Path.GetFileName(path)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Response_has_all_that_the_server_said(bool isStreaming)
    {
        await using var server = ChatServer.Whole(Verbose);
        using var client = server.Client.Audio.AsISpeechToTextClient(ChatServer.Model);
        using var audio = new MemoryStream(Mp3);

        var response = isStreaming ? await client.GetStreamingTextAsync(audio).ToSpeechToTextResponseAsync() : await client.GetTextAsync(audio);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((response.Text, response.ModelId, response.ResponseId), Is.EqualTo(("Hello there.", ChatServer.Model, (string?)null)));
            Assert.That((response.StartTime, response.EndTime), Is.EqualTo((TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2.25))));
            Assert.That(response.Usage!.AdditionalCounts, Is.EqualTo(new Dictionary<string, long> { ["seconds"] = 3 }));
            Assert.That(response.AdditionalProperties!["weight"], Is.EqualTo("w"));
            Assert.That(response.AdditionalProperties["language"], Is.EqualTo("en"));
            Assert.That(response.AdditionalProperties["duration"], Is.EqualTo(2.5));
            Assert.That(response.RawRepresentation, isStreaming ? Is.Null : Is.TypeOf<TranscriptionResponse>());
        }
    }

    [Test]
    public async Task Stream_has_an_update_with_the_whole_text()
    {
        await using var server = ChatServer.Whole(Verbose);
        using var audio = new MemoryStream(Mp3);

        var updates = new List<SpeechToTextResponseUpdate>();
        await foreach (var update in server.Client.Audio.AsISpeechToTextClient().GetStreamingTextAsync(audio))
        {
            updates.Add(update);
        }

        Assert.That(updates.Single().Kind, Is.EqualTo(SpeechToTextResponseUpdateKind.TextUpdated));
        Assert.That(updates.Single().RawRepresentation, Is.TypeOf<TranscriptionResponse>());
    }

    [Test]
    public async Task Client_refuses_what_is_no_audio_and_tells_what_it_is()
    {
        await using var server = ChatServer.Whole(Verbose);
        using var client = server.Client.Audio.AsISpeechToTextClient(ChatServer.Model);
        var closed = new MemoryStream();
        await closed.DisposeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => client.GetStreamingTextAsync((Stream)null!), Throws.ArgumentNullException);
            await Assert.ThatAsync(() => client.GetTextAsync((Stream)null!), Throws.ArgumentNullException);
            await Assert.ThatAsync(() => client.GetTextAsync(closed), Throws.ArgumentException);
            Assert.That(client.GetService<SpeechToTextClientMetadata>()!.ProviderName, Is.EqualTo("together_ai"));
            Assert.That(client.GetService<ITogetherAIAudioClient>(), Is.SameAs(server.Client.Audio));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Cancellation_has_the_token_of_the_caller(bool isStreaming)
    {
        await using var server = new ChatServer(RawServer.Start(static (connection, _, stop) => connection.WaitForCloseAsync(stop)));
        using var client = server.Client.Audio.AsISpeechToTextClient();
        using var caller = new CancellationTokenSource();
        using var audio = new MemoryStream(Mp3);

        Task task = isStreaming ? client.GetStreamingTextAsync(audio, cancellationToken: caller.Token).ToSpeechToTextResponseAsync(CancellationToken.None) : client.GetTextAsync(audio, cancellationToken: caller.Token);
        await caller.CancelAsync();

        await Assert.ThatAsync(() => task, Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(caller.Token));
    }

    private static TestCaseData Case(string name, SpeechToTextOptions? options, string path, string fields) => new TestCaseData(options, path, fields).SetArgDisplayNames(name);

    private static TestCaseData Refusal<T>(string name, string said, SpeechToTextOptions options) => new TestCaseData(options, typeof(T), said).SetArgDisplayNames(name);
}
