using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OpenTelemetry;
using OpenTelemetry.Trace;
using TogetherAI.Extensions.AI.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Extensions.AI.Tests.Pipelines;

/// <summary>The pipelines for images and audio over the adapters, against the local server.</summary>
[CancelAfter(30_000)]
public sealed class MediaPipelineTests
{
    private const string Source = "tests-media";

    private readonly List<Activity> _spans = [];
    private readonly LogLines _log = new();
    private TogetherAILocalServer _server = null!;
    private TogetherAIClient _client = null!;
    private ILoggerFactory _logs = null!;
    private TracerProvider _traces = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 });
        _client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = _server.Url });
        _logs = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Debug).AddProvider(_log));
        _traces = Sdk.CreateTracerProviderBuilder().AddSource(Source, "TogetherAI").AddInMemoryExporter(_spans).Build();
    }

    [SetUp]
    public void Forget()
    {
        _spans.Clear();
        _log.Lines.Clear();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _traces.Dispose();
        _logs.Dispose();
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase(ImageGenerationResponseFormat.Uri)]
    [TestCase(ImageGenerationResponseFormat.Data)]
    public async Task Images_are_generated_logged_and_traced(ImageGenerationResponseFormat format)
    {
        using var generator = _client.Images.AsIImageGenerator("org/model").AsBuilder().UseLogging(_logs).UseOpenTelemetry(sourceName: Source).Build();

        var response = await generator.GenerateImagesAsync("A cat", new() { Count = 2, ImageSize = new(8, 8), MediaType = "image/png", ResponseFormat = format });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Contents, Is.All.InstanceOf(format == ImageGenerationResponseFormat.Uri ? typeof(UriContent) : typeof(DataContent)).And.Exactly(2).Items);
            Assert.That(response.Contents.Select(static content => (content as DataContent)?.MediaType ?? ((UriContent)content).MediaType), Is.All.EqualTo("image/png"));
            AssertTold();
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Audio_is_transcribed_logged_and_traced(bool isStreaming)
    {
        using var client = _client.Audio.AsISpeechToTextClient("org/model").AsBuilder().UseLogging(_logs).UseOpenTelemetry(sourceName: Source).Build();
        using var audio = new MemoryStream(new byte[100]);
        var options = new SpeechToTextOptions { AdditionalProperties = new() { ["response_format"] = "verbose_json" } };

        var response = isStreaming
            ? await client.GetStreamingTextAsync(audio, options).ToSpeechToTextResponseAsync()
            : await client.GetTextAsync(audio, options);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Text, Does.Contain("audio.wav, 100 bytes"));
            Assert.That((response.StartTime, response.AdditionalProperties!["language"]), Is.EqualTo((TimeSpan.Zero, (object)"en")));
            AssertTold();
        }
    }

    [TestCase("ID3 and more than twelve bytes", "audio.mp3, 30 bytes")]
    [TestCase("short", "audio.wav, 5 bytes")]
    [TestCase("", "audio.wav, 0 bytes")]
    public async Task Stream_that_cannot_seek_is_sent_from_its_first_byte(string content, string received)
    {
        using var audio = new ForwardStream(System.Text.Encoding.ASCII.GetBytes(content));

        var response = await _client.Audio.AsISpeechToTextClient().GetTextAsync(audio);

        Assert.That(response.Text, Does.Contain(received));
        Assert.That(audio.CanRead);
    }

    [Test]
    public async Task Audio_is_translated()
    {
        using var client = _client.Audio.AsISpeechToTextClient("org/model");
        using var audio = new MemoryStream(new byte[100]);

        var response = await client.GetTextAsync(audio, new() { TextLanguage = "fr", AdditionalProperties = new() { ["response_format"] = "verbose_json" } });

        Assert.That((response.AdditionalProperties!["task"], response.AdditionalProperties["language"]), Is.EqualTo(((object)"translate", (object)"fr")));
    }

    [TestCase(true, null, "audio/pcm")]
    [TestCase(true, "wav", "audio/wav")]
    [TestCase(false, null, "audio/wav")]
    public async Task Speech_is_synthesized_logged_and_traced(bool isStreaming, string? format, string mediaType)
    {
        using var client = _client.Audio.AsITextToSpeechClient("org/model", "tone-a").AsBuilder().UseLogging(_logs).UseOpenTelemetry(sourceName: Source).Build();
        var options = new TextToSpeechOptions { AudioFormat = format };

        var response = isStreaming
            ? await client.GetStreamingAudioAsync("Hello there", options).ToTextToSpeechResponseAsync()
            : await client.GetAudioAsync("Hello there", options);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Contents.Cast<DataContent>().Select(static content => content.MediaType), Is.All.EqualTo(mediaType));
            Assert.That(response.Contents.Cast<DataContent>().Sum(static content => content.Data.Length), Is.GreaterThan(1000));
            AssertTold();
        }
    }

    private void AssertTold()
    {
        Assert.That(_log.Lines, Has.Some.Contains("completed"));
        // The call inside has no span of its own.
        var span = _spans.Single();
        Assert.That(span.Source.Name, Is.EqualTo(Source));
        Assert.That(span.GetTagItem("gen_ai.provider.name"), Is.EqualTo("together_ai"));
        Assert.That(span.GetTagItem("gen_ai.request.model"), Is.EqualTo("org/model"));
    }
    /// <summary>A stream that comes once, like that of a network.</summary>
    private sealed class ForwardStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
