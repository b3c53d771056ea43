using System.Text;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>An open word that was left out is not sent, whichever C# leaves it out.</summary>
public sealed class OpenWordTests
{
    private static readonly string? NoText = Environment.GetEnvironmentVariable("TOGETHER_AI_TESTS_NEVER_SET");

    private static readonly bool IsSet = NoText is not null;

    // One for each way; the values are only known at run time, as in a program.
    private static IEnumerable<TestCaseData> WaysToLeaveOut()
    {
        TestCaseData Way(string name, ImageOutputFormat? image, TranscriptionResponseFormat? transcription) => new(image, transcription) { TestName = $"{{m}}({name})" };

        yield return Way("conditional with null", IsSet ? ImageOutputFormat.Png : null, IsSet ? TranscriptionResponseFormat.Json : null);
        yield return Way("conditional with default", IsSet ? ImageOutputFormat.Png : default, IsSet ? TranscriptionResponseFormat.Json : default);
        yield return Way("conditional of texts", IsSet ? "png" : null, IsSet ? "json" : null);
        yield return Way("switch", IsSet switch { true => ImageOutputFormat.Png, false => null }, IsSet switch { true => TranscriptionResponseFormat.Json, false => null });
        yield return Way("text that is null", NoText, NoText);
        yield return Way("text that is empty", "", "");
        yield return Way("null", null, null);
        yield return Way("default", default, default);
        yield return Way("default of the type", default(ImageOutputFormat), default(TranscriptionResponseFormat));
        yield return Way("coalesced", NoText ?? NoText, NoText ?? NoText);
    }

    [TestCaseSource(nameof(WaysToLeaveOut)), CancelAfter(30_000)]
    public async Task Request_with_a_word_that_was_left_out_does_not_send_it(object? image, object? transcription)
    {
        using var json = MockServer.Json("POST", "/v1/images/generations", """{"data":[]}""");
        await using var form = await UploadServer.StartAsync();

        await json.Client.Images.GenerateAsync(new ImageRequest { Model = "m", Prompt = "p", OutputFormat = (ImageOutputFormat?)image });
        await form.Client.CreateTranscriptionAsync(new TranscriptionRequest { File = new Uri("https://a/b.mp3"), ResponseFormat = (TranscriptionResponseFormat?)transcription });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(json.Received.Body, Is.EqualTo("""{"model":"m","prompt":"p"}"""));
            Assert.That(form.Parts, Is.EqualTo(new[] { "file=https://a/b.mp3" }));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Request_with_words_of_a_list_that_were_left_out_sends_the_others()
    {
        await using var form = await UploadServer.StartAsync();
        var request = new TranscriptionRequest
        {
            File = new Uri("https://a/b.mp3"),
            TimestampGranularities = [(IsSet ? TranscriptionTimestampGranularity.Segment : null)!, TranscriptionTimestampGranularity.Word],
        };

        await form.Client.CreateTranscriptionAsync(request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(form.Parts, Is.EqualTo(new[] { "file=https://a/b.mp3", "timestamp_granularities=word" }));
            Assert.That((string?)JToken.Parse(MockServer.Sent(request.TimestampGranularities))[0], Is.EqualTo("word"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Request_with_one_of_several_types_that_was_left_out_does_not_send_it()
    {
        using var server = MockServer.Json("POST", "/v1/chat/completions", """{"choices":[]}""");
        var request = new ChatCompletionRequest
        {
            Model = "m",
            Messages = [ChatCompletionMessage.FromUser("Hi"), new ChatCompletionMessage { Role = ChatCompletionRole.Assistant, Content = IsSet ? "text" : null }],
            ToolChoice = IsSet ? "required" : null,
            Stop = NoText,
        };
        VideoFrame? frame = NoText;
        TextOrTexts? texts = IsSet ? new List<string>() : null;

        await server.Client.Chat.CompleteAsync(request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Received.Body, Is.EqualTo("""{"model":"m","messages":[{"role":"user","content":"Hi"},{"role":"assistant"}],"stream":false}"""));
            Assert.That((frame, texts), Is.EqualTo(((VideoFrame?)null, (TextOrTexts?)null)));
        }
    }

    [Test]
    public void Word_of_a_text_that_is_null_is_null()
    {
        ImageOutputFormat? word = NoText;
        ImageOutputFormat? conditional = IsSet ? ImageOutputFormat.Png : null;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(word, Is.Null);
            Assert.That(conditional, Is.Null);
        }
    }

    [Test]
    public void Known_value_is_a_constant_for_switch_and_patterns()
    {
        static string Progress(VideoStatus? status) => status?.Value switch
        {
            VideoStatus.Values.Queued or VideoStatus.Values.InProgress => "waiting",
            VideoStatus.Values.Completed => "there",
            null => "unknown",
            var other => other,
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { VideoStatus.Queued, "completed", "paused", null }.Select(Progress), Is.EqualTo(new[] { "waiting", "there", "paused", "unknown" }));
            Assert.That(VideoStatus.Queued is { Value: VideoStatus.Values.Queued }, Is.True);
        }
    }

    [TestCase("\"list\"", "list")]
    [TestCase("\"page\"", "page")]
    [TestCase("null", null)]
    public void Kind_of_an_object_is_the_text_that_the_server_sends(string json, string? kind)
    {
        var response = ApiJson.Deserialize<EmbeddingResponse>(Encoding.UTF8.GetBytes($$"""{"object":{{json}},"data":[]}"""));

        Assert.That(response.Object, Is.EqualTo(kind));
    }

    [Test]
    public void Required_word_that_was_left_out_is_refused_before_anything_is_sent()
    {
        using var client = new TogetherAIClient(new TogetherAIOptions { ApiKey = "test-key" });
        var request = new ChatCompletionRequest { Model = "m", Messages = [new ChatCompletionMessage { Role = NoText! }] };

        Assert.That(() => client.Chat.CompleteAsync(request), Throws.ArgumentException.With.Property("ParamName").EqualTo("request.Messages[0].Role"));
    }
}
