using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>The WebSockets of the local server.</summary>
public sealed class RealtimeTests
{
    [Test, CancelAfter(30_000)]
    public async Task Text_is_spoken_while_it_is_sent(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { ApiKey = "key" }, cancellationToken);
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "key" });
        using var connection = await client.Realtime.ConnectSpeechAsync(new RealtimeSpeechParameters { Alignment = "word" }, cancellationToken);
        await connection.AppendAsync("Hello ", cancellationToken);
        await connection.AppendAsync("world", cancellationToken);
        await connection.CommitAsync(cancellationToken);
        await connection.CloseAsync(cancellationToken);

        var events = await connection.ReadAllAsync(cancellationToken).ToListAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((events[0].Type, events[0].Session!.Voice), Is.EqualTo((RealtimeSpeechEventType.SessionCreated, "tara")));
            Assert.That(string.Concat(events.Select(each => each.Text)), Is.EqualTo("Hello world"));
            Assert.That(events.Sum(each => each.Delta?.Length ?? 0), Is.EqualTo((int)(11 * 0.06 * 24_000) * 2));
            Assert.That(events.Single(each => each.Type == RealtimeSpeechEventType.WordTimestamps).Words, Is.EqualTo(new[] { "Hello", "world" }));
            Assert.That(events[^1].Type, Is.EqualTo(RealtimeSpeechEventType.AudioOutputDone));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Connection_is_refused_as_other_requests_are(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { ApiKey = "key" }, cancellationToken);
        using var stranger = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "another" });
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "key" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await stranger.Realtime.ConnectSpeechAsync(new RealtimeSpeechParameters(), cancellationToken), Throws.TypeOf<TogetherAIAuthenticationException>());
            Assert.That(
                async () => await client.Realtime.ConnectTranscriptionAsync(new RealtimeTranscriptionParameters { Model = TogetherAILocalServerOptions.MissingModel, InputAudioFormat = "pcm_s16le_16000" }, cancellationToken),
                Throws.TypeOf<TogetherAINotFoundException>());
            Assert.That(
                async () => await client.Realtime.ConnectTranscriptionAsync(new RealtimeTranscriptionParameters { Model = "m", InputAudioFormat = "mp3" }, cancellationToken),
                Throws.TypeOf<TogetherAIInvalidRequestException>());
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Tool_listens_to_what_it_spoke(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("together-");
        try
        {
            var path = Path.Combine(folder.FullName, "hello.wav");
            await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);
            string[] connection = ["--api-url", server.Url.AbsoluteUri];
            using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "any" });
            await using (var speech = await client.Audio.CreateSpeechAsync(new SpeechRequest("m", new string('a', 200), "v") { SampleRate = 24_000 }, cancellationToken: cancellationToken))
            await using (var file = File.Create(path))
            {
                await speech.Content.CopyToAsync(file, cancellationToken);
            }

            var heard = await InProcessTool.RunAsync(cancellationToken, ["listen", path, .. connection]);
            var refused = await InProcessTool.RunAsync(cancellationToken, ["listen", typeof(RealtimeTests).Assembly.Location, .. connection]);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(heard, Is.EqualTo(new ToolResult(ExitCodes.Success, "This local mock server received 10.0 seconds of audio.\nThis local mock server received 2.0 seconds of audio.\n", "")));
                Assert.That((refused.ExitCode, refused.Output), Is.EqualTo((ExitCodes.Usage, "")));
                Assert.That(refused.Log, Does.Contain("is not a WAV file"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
