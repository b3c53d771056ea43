using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Extensions.AI.Tests.Support;

namespace TogetherAI.Extensions.AI.Tests.Audio;

/// <summary>The text-to-speech client: what the server receives, and the audio that becomes of its response.</summary>
[CancelAfter(30_000)]
public sealed class SpeechTests
{
    private const string Wave = "RIFF0000WAVEfmt ";

    private static readonly TestCaseData[] Sent =
    [
        Case("no_options", null, "{}"),
        Case("model_and_voice", new() { ModelId = "other/model", VoiceId = "other voice" }, """{"model":"other/model","voice":"other voice"}"""),
        Case("language", new() { Language = "zh-HK" }, """{"language":"zh-hk"}"""),
        Case("format", new() { AudioFormat = "MP3" }, """{"response_format":"mp3"}"""),
        Case("media_type", new() { AudioFormat = "audio/mpeg" }, """{"response_format":"mp3"}"""),
        Case("format_that_is_new", new() { AudioFormat = "new" }, """{"response_format":"new"}"""),
        Case("normal_speech", new() { Speed = 1, Pitch = 1, Volume = 1 }, "{}"),
        Case("additional_fields", new() { AdditionalProperties = new() { ["speed"] = 1.5f } }, """{"speed":1.5}"""),
        Case("raw_request", new() { AudioFormat = "mp3", VoiceId = "v", RawRepresentationFactory = static _ => new SpeechRequest("raw/model", "", "") { ResponseFormat = "wav", SampleRate = 24_000 } }, """{"model":"raw/model","voice":"v","response_format":"wav","sample_rate":24000}"""),
    ];

    private static readonly TestCaseData[] Refused =
    [
        Refusal<NotSupportedException>("speed", "Speed", new() { Speed = 1.5f }),
        Refusal<NotSupportedException>("pitch", "Pitch", new() { Pitch = 0 }),
        Refusal<NotSupportedException>("volume", "Volume", new() { Volume = 0.5f }),
        Refusal<NotSupportedException>("media_type", "audio/midi", new() { AudioFormat = "audio/midi" }),
        Refusal<InvalidOperationException>("raw_request_of_others", "SpeechRequest", new() { RawRepresentationFactory = static _ => "text" }),
        Refusal<ArgumentException>("field_that_is_no_JSON", "[\"callback\"]", new() { AudioFormat = "wav", AdditionalProperties = new() { ["callback"] = new Action(static () => { }) } }),
    ];

    [TestCaseSource(nameof(Sent))]
    public async Task Options_are_sent_as(TextToSpeechOptions? options, string json)
    {
        await using var server = File();

        await Speech(server).GetAudioAsync("Hello", options);

        var expected = JObject.Parse(json);
        expected["model"] ??= ChatServer.Model;
        expected["voice"] ??= "voice";
        expected["input"] = "Hello";
        expected["stream"] = false;
        Assert.That(JToken.DeepEquals(Sorted(server.Sent), Sorted(expected)), server.Sent.ToString());
    }

    [TestCaseSource(nameof(Refused))]
    public async Task Options_that_cannot_be_sent_are_refused(TextToSpeechOptions options, Type exception, string said)
    {
        await using var server = File();

        await Assert.ThatAsync(() => Speech(server).GetAudioAsync("Hello", options), Throws.TypeOf(exception).With.Message.Contains(said));
        Assert.That(() => Speech(server).GetStreamingAudioAsync("Hello", options), Throws.TypeOf(exception).With.Message.Contains(said));
        Assert.That(server.Requests, Is.Empty);
    }

    [TestCase("audio/mpeg", null, "audio/mpeg")]
    [TestCase("application/octet-stream", "mp3", "audio/mpeg")]
    [TestCase("application/octet-stream", "raw", "audio/pcm")]
    [TestCase("application/octet-stream", null, "audio/wav")]
    public async Task File_has_the_media_type_that_is_known_of_it(string sent, string? requested, string mediaType)
    {
        await using var server = File(sent);

        var response = await Speech(server).GetAudioAsync("Hello", new() { AudioFormat = requested });

        var audio = (DataContent)response.Contents.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((audio.MediaType, System.Text.Encoding.ASCII.GetString(audio.Data.Span), response.ModelId), Is.EqualTo((mediaType, Wave, ChatServer.Model)));
            Assert.That(response.RawRepresentation, Is.TypeOf<FileDownload>().With.Property("ContentType").EqualTo(sent));
        }
    }

    [TestCase(null)]
    [TestCase("raw")]
    public async Task Stream_has_each_part_as_it_is_synthesized(string? format)
    {
        await using var server = ChatServer.Events(
            """{"type":"conversation.item.audio_output.delta","item_id":"s-1","delta":"AQI="}""",
            """{"type":"conversation.item.word_timestamps","item_id":"s-1","words":["Hello"],"start_seconds":[0],"end_seconds":[0.5],"weight":"w"}""",
            """{"object":"audio.tts.chunk","model":"org/model-1","b64":"Aw=="}""");

        var updates = new List<TextToSpeechResponseUpdate>();
        await foreach (var update in Speech(server).GetStreamingAudioAsync("Hello", new() { AudioFormat = format }))
        {
            updates.Add(update);
        }

        var response = updates.ToTextToSpeechResponse();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Sent["response_format"]!.ToString(), Is.EqualTo("raw"));
            Assert.That(server.Sent["response_encoding"]!.ToString(), Is.EqualTo("pcm_s16le"));
            Assert.That(server.Sent["stream"]!.ToString(), Is.EqualTo("True"));
            Assert.That(response.Contents.Cast<DataContent>().Select(static content => $"{content.MediaType} {Convert.ToHexString(content.Data.Span)}"), Is.EqualTo(new[] { "audio/pcm 0102", "audio/pcm 03" }));
            Assert.That((response.ResponseId, response.ModelId), Is.EqualTo(("s-1", "org/model-1")));
            Assert.That(response.AdditionalProperties!["weight"], Is.EqualTo("w"));
            Assert.That(updates[1].AdditionalProperties!["words"]!.ToString(), Is.EqualTo("""["Hello"]"""));
            Assert.That(updates[1].AdditionalProperties!["end_seconds"]!.ToString(), Is.EqualTo("[0.5]"));
            Assert.That(updates.Select(static update => update.Kind), Is.All.EqualTo(TextToSpeechResponseUpdateKind.AudioUpdating));
            Assert.That(updates.Select(static update => update.RawRepresentation), Is.All.TypeOf<SpeechChunk>());
        }
    }

    [Test]
    public async Task Stream_of_another_format_has_the_pieces_of_a_file_as_they_arrive()
    {
        using var received = new SemaphoreSlim(0);
        await using var server = new ChatServer(RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendStreamHeadAsync(stop, "Content-Type: audio/mpeg\r\n");
            await connection.SendChunkAsync("ID3", stop);
            await received.WaitAsync(stop);
            await connection.SendChunkAsync("rest", stop);
            await connection.SendLastChunkAsync(stop);
        }));

        var pieces = new List<string>();
        await foreach (var update in Speech(server).GetStreamingAudioAsync("Hello", new() { AudioFormat = "mp3" }))
        {
            pieces.AddRange(update.Contents.Cast<DataContent>().Select(static content => $"{content.MediaType} {System.Text.Encoding.ASCII.GetString(content.Data.Span)}"));
            received.Release();
        }

        Assert.That(pieces, Is.EqualTo(new[] { "audio/mpeg ID3", "audio/mpeg rest" }));
        Assert.That(server.Sent["stream"]!.ToString(), Is.EqualTo("False"));
    }

    [Test]
    public async Task Stream_that_does_not_complete_throws()
    {
        await using var server = new ChatServer(RawServer.Streaming(Frames.Data("""{"delta":"AQI="}""")));

        await Assert.ThatAsync(() => Speech(server).GetStreamingAudioAsync("Hello").ToTextToSpeechResponseAsync(), Throws.TypeOf<TogetherAIStreamException>());
    }

    [Test]
    public async Task Response_without_audio_is_refused()
    {
        await using var events = ChatServer.Events("""{"words":["Hello"]}""");
        await using var file = new ChatServer(RawServer.Answering(Answers.Of(200, "", "audio/mpeg")));

        using (Assert.EnterMultipleScope())
        {
            await Assert.ThatAsync(() => Speech(events).GetStreamingAudioAsync("Hello").ToTextToSpeechResponseAsync(), Throws.InstanceOf<TogetherAIException>());
            await Assert.ThatAsync(() => Speech(file).GetStreamingAudioAsync("Hello", new() { AudioFormat = "mp3" }).ToTextToSpeechResponseAsync(), Throws.InstanceOf<TogetherAIException>());
            await Assert.ThatAsync(() => Speech(file).GetAudioAsync("Hello"), Throws.InstanceOf<TogetherAIException>());
        }
    }

    [Test]
    public async Task Client_needs_model_voice_and_text_and_tells_what_it_is()
    {
        await using var server = File();
        using var speech = Speech(server);

        using (Assert.EnterMultipleScope())
        {
            await Assert.ThatAsync(() => server.Client.Audio.AsITextToSpeechClient().GetAudioAsync("Hello", new() { VoiceId = "v" }), Throws.InvalidOperationException.With.Message.Contains("ModelId"));
            await Assert.ThatAsync(() => server.Client.Audio.AsITextToSpeechClient("m").GetAudioAsync("Hello"), Throws.InvalidOperationException.With.Message.Contains("VoiceId"));
            await Assert.ThatAsync(() => speech.GetAudioAsync(null!), Throws.ArgumentNullException);
            Assert.That(speech.GetService<TextToSpeechClientMetadata>()!.ProviderName, Is.EqualTo("together_ai"));
            Assert.That(speech.GetService<ITogetherAIAudioClient>(), Is.SameAs(server.Client.Audio));
        }
    }

    [TestCase("wav")]
    [TestCase("raw")]
    public async Task Cancellation_has_the_token_of_the_caller(string format)
    {
        await using var server = new ChatServer(RawServer.Start(static (connection, _, stop) => connection.WaitForCloseAsync(stop)));
        using var caller = new CancellationTokenSource();
        var options = new TextToSpeechOptions { AudioFormat = format };

        Task[] tasks =
        [
            Speech(server).GetAudioAsync("Hello", options, caller.Token),
            Speech(server).GetStreamingAudioAsync("Hello", options, caller.Token).ToTextToSpeechResponseAsync(CancellationToken.None),
            Speech(server).GetStreamingAudioAsync("Hello", options, CancellationToken.None).ToTextToSpeechResponseAsync(caller.Token),
        ];
        await caller.CancelAsync();

        foreach (var task in tasks)
        {
            await Assert.ThatAsync(() => task, Throws.InstanceOf<OperationCanceledException>());
        }
    }

    private static ChatServer File(string mediaType = "audio/wav") => new(RawServer.Answering(Answers.Of(200, Wave, mediaType)));

    private static ITextToSpeechClient Speech(ChatServer server) => server.Client.Audio.AsITextToSpeechClient(ChatServer.Model, "voice");

    private static JObject Sorted(JObject json) => new(json.Properties().OrderBy(static property => property.Name, StringComparer.Ordinal));

    private static TestCaseData Case(string name, TextToSpeechOptions? options, string json) => new TestCaseData(options, json).SetArgDisplayNames(name);

    private static TestCaseData Refusal<T>(string name, string said, TextToSpeechOptions options) => new TestCaseData(options, typeof(T), said).SetArgDisplayNames(name);
}
