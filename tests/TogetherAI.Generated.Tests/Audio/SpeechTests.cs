using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Audio;

public sealed class SpeechTests
{
    private const string Path = "/v1/audio/speech";

    private static SpeechRequest Sentence => new() { Model = "m", Input = "Hi.", Voice = "v", ResponseFormat = SpeechResponseFormat.Raw };

    [TestCase("audio/wav")]
    [TestCase("application/octet-stream")]
    [CancelAfter(30_000)]
    public async Task CreateSpeech_gives_the_bytes_of_the_recording(string contentType, CancellationToken cancellationToken)
    {
        var recording = Enumerable.Range(0, 100_000).Select(number => (byte)number).ToArray();
        using var server = MockServer.Bytes(Path, contentType, recording);

        using var stream = await server.Client.Audio.CreateSpeechAsync(Sentence, cancellationToken: cancellationToken);

        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(copy.ToArray(), Is.EqualTo(recording));
            Assert.That(server.Received.Headers!["Accept"].Single(), Is.EqualTo("application/octet-stream"));
            Assert.That(server.Received.Body, Is.EqualTo("""{"model":"m","input":"Hi.","voice":"v","response_format":"raw","stream":false}"""));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task CreateSpeech_message_instead_of_a_recording_is_a_failure(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", Path, """{"error":{"message":"no such voice","type":"invalid_request_error"}}""");

        await Assert.ThatAsync(
            () => server.Client.Audio.CreateSpeechAsync(Sentence, cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIServerException>().With.Property("ServerMessage").EqualTo("no such voice"));
    }

    [TestCase("text/plain", "upstream timed out")]
    [TestCase("text/xml", "<error/>")]
    [TestCase("application/xml", "<error/>")]
    [TestCase("text/html; charset=utf-8", "<p>no</p>")]
    [TestCase("application/problem+json", """{"unrelated":1}""")]
    [TestCase("text/json", """{"unrelated":1}""")]
    [CancelAfter(30_000)]
    public async Task CreateSpeech_text_instead_of_a_recording_is_no_recording(string contentType, string body, CancellationToken cancellationToken)
    {
        using var server = MockServer.Bytes(Path, contentType, System.Text.Encoding.UTF8.GetBytes(body));

        await Assert.ThatAsync(
            () => server.Client.Audio.CreateSpeechAsync(Sentence, cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIInvalidResponseException>()
                .With.Message.Contains("instead of a file").And.Message.Contains(contentType.Split(';')[0])
                .And.Property("ResponseBody").EqualTo(body));
    }

    [TestCase("{\"this is the first byte of a recording")]
    [TestCase("[1")]
    [TestCase("{")]
    [TestCase("{\"recording\":\"of a text\"}")]
    [TestCase("")]
    [CancelAfter(30_000)]
    public async Task CreateSpeech_recording_whose_bytes_look_like_text_is_given_out_whole(string beginning, CancellationToken cancellationToken)
    {
        byte[] recording = [.. System.Text.Encoding.UTF8.GetBytes(beginning), .. Enumerable.Range(0, beginning.Length == 0 ? 0 : 200_000).Select(number => (byte)number)];
        using var server = MockServer.Bytes(Path, "application/octet-stream", recording);

        using var stream = await server.Client.Audio.CreateSpeechAsync(Sentence, cancellationToken: cancellationToken);

        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellationToken);
        Assert.That(copy.ToArray(), Is.EqualTo(recording));
    }

    [Test, CancelAfter(30_000)]
    public async Task StreamSpeech_both_forms_are_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Events(
            Path,
            """{"type":"conversation.item.audio_output.delta","item_id":"t","delta":"AQI="}""",
            """{"type":"conversation.item.word_timestamps","words":["Hi"],"start_seconds":[0],"end_seconds":[0.5]}""",
            """{"object":"audio.tts.chunk","model":"m","b64":"Aw=="}""");

        var chunks = await server.Client.Audio.StreamSpeechAsync(Sentence, cancellationToken: cancellationToken).ToListAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chunks.Select(chunk => chunk.Audio?.ToArray()), Is.EqualTo(new[] { new byte[] { 1, 2 }, null, [3] }));
            Assert.That(chunks[0].Type, Is.EqualTo(SpeechChunkType.AudioOutputDelta));
            Assert.That(chunks[1].EndSeconds, Is.EqualTo(new[] { 0.5 }));
            Assert.That(server.Received.Body, Does.EndWith("\"stream\":true}"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task StreamSpeech_error_inside_the_stream_is_a_failure(CancellationToken cancellationToken)
    {
        using var server = MockServer.Events(Path, """{"error":{"message":"too long"}}""");

        await Assert.ThatAsync(
            async () => await server.Client.Audio.StreamSpeechAsync(Sentence, cancellationToken: cancellationToken).ToListAsync(cancellationToken),
            Throws.TypeOf<TogetherAIStreamException>().With.Property("ServerMessage").EqualTo("too long"));
    }

    [Test, CancelAfter(30_000)]
    public async Task StreamSpeechBytes_gives_the_bytes_of_the_server(CancellationToken cancellationToken)
    {
        using var server = MockServer.Events(Path, """{"delta":"AQ=="}""");

        using var stream = await server.Client.Audio.StreamSpeechBytesAsync(Sentence, cancellationToken: cancellationToken);

        using var reader = new StreamReader(stream);
        Assert.That(await reader.ReadToEndAsync(cancellationToken), Is.EqualTo("data: {\"delta\":\"AQ==\"}\n\ndata: [DONE]\n\n"));
    }

    [Test, CancelAfter(30_000)]
    public async Task ListVoices_names_are_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("GET", "/v1/voices", """{"data":[{"model":"m","voices":[{"name":"a"},{"id":"i","name":"b"}]}]}""");

        var voices = await server.Client.Audio.ListVoicesAsync(new VoiceListRequest { Model = "m/n" }, cancellationToken);

        Assert.That(voices.Data.Single().Voices!.Select(voice => voice.Name), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(server.Received.Query!["model"], Is.EqualTo(new[] { "m/n" }));
    }
}
