using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>A request is checked and written at the call; what becomes of the object afterwards changes nothing.</summary>
[CancelAfter(30_000)]
public sealed class RequestMomentTests
{
    private const string ChatPath = "/v1/chat/completions";

    private static ChatCompletionRequest Question => new()
    {
        Model = "m",
        Messages = [ChatCompletionMessage.FromUser("Hi")],
        AdditionalProperties = { ["extra"] = new JArray(1) },
    };

    [Test]
    public async Task Stream_sends_the_request_as_it_was_at_the_call([Values] bool isText, [Values(1, 2)] int enumerations)
    {
        await using var server = RawServer.Answering(Answers.Of(200, Frames.Done, "text/event-stream"));
        using var client = Clients.ForAll(server);
        var request = Question;
        IAsyncEnumerable<object> stream = isText ? client.Chat.StreamTokensAsync(request) : client.Chat.StreamAsync(request);

        Spoil(request);
        for (var number = 0; number < enumerations; number++)
        {
            await stream.CountAsync();
            Spoil(request);
        }

        Assert.That(
            server.Requests.Select(received => received.Body),
            Is.EqualTo(Enumerable.Repeat("""{"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true,"extra":[1]}""", enumerations)));
    }

    [Test]
    public async Task Retry_sends_the_request_as_it_was_at_the_call([Values] Call call)
    {
        var request = new InferenceRequest { Model = "m", Prompt = "p" };
        var number = 0;
        await using var server = RawServer.Start((connection, _, stop) =>
        {
            request.Prompt = "";
            request.AdditionalProperties["late"] = true;
            return connection.SendAsync(number++ == 0 ? Answers.Empty(503) : Calls.Answer(call), stop);
        });
        using var client = Clients.For(server, options =>
        {
            options.MaxRetries = 1;
            options.TimeProvider = new InstantTime();
        });

        switch (call)
        {
            case Call.Run:
                await client.RunAsync(request);
                break;
            case Call.StreamBytes:
                (await client.StreamBytesAsync(request)).Dispose();
                break;
            case Call.Stream:
                await client.StreamAsync(request).CountAsync();
                break;
            default:
                await client.StreamTokensAsync(request).CountAsync();
                break;
        }

        Assert.That(server.Requests.Select(received => (string?)JObject.Parse(received.Body)["prompt"]), Is.EqualTo(new[] { "p", "p" }));
        Assert.That(server.Requests.Select(received => received.Body), Has.None.Contains("late"));
    }

    [Test]
    public async Task Enumerations_of_one_stream_at_the_same_time_send_the_same()
    {
        await using var server = RawServer.Answering(Answers.Of(200, Frames.Done, "text/event-stream"));
        using var client = Clients.For(server);
        var prompt = new string('p', 200_000);
        var stream = client.StreamTokensAsync(new InferenceRequest { Model = "m", Prompt = prompt });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => stream.CountAsync().AsTask()));

        Assert.That(server.Requests.Select(received => (string?)JObject.Parse(received.Body)["prompt"]), Is.EqualTo(Enumerable.Repeat(prompt, 8)));
    }

    [Test]
    public void Clone_shares_nothing_that_can_be_changed()
    {
        var request = Question;
        request.Stop = new[] { "a", "b" };
        request.Messages.Add(ChatCompletionMessage.FromUser([ChatCompletionContentPart.FromText("text")]));
        request.ResponseFormat = ChatCompletionResponseFormat.FromJsonSchema("answer", JToken.Parse("""{"type":"object"}"""));
        request.LogitBias = new Dictionary<string, double> { ["1"] = 2 };
        var before = MockServer.Sent(request);

        var copy = request.Clone();
        var copied = MockServer.Sent(copy);
        Spoil(copy);
        copy.Messages.Add(ChatCompletionMessage.FromUser("more"));
        copy.ResponseFormat!.Type = ChatCompletionResponseFormatType.Text;
        copy.LogitBias!["1"] = 3;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(copied, Is.EqualTo(before));
            Assert.That(MockServer.Sent(request), Is.EqualTo(before));
        }
    }

    [Test]
    public void Clone_of_a_request_that_is_not_complete_is_not_complete_either()
    {
        var request = new ChatCompletionRequest { Model = null!, Messages = null! };

        var copy = request.Clone();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(copy.Model, Is.Null);
            Assert.That(copy.Messages, Is.Null);
        }
    }

    [Test]
    public void Clone_of_a_list_can_grow()
    {
        var request = new ChatCompletionRequest { Model = "m", Messages = new[] { ChatCompletionMessage.FromUser("Hi") } };

        var copy = request.Clone();
        copy.Messages.Add(ChatCompletionMessage.FromUser("more"));

        Assert.That((request.Messages.Count, copy.Messages.Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public void Clone_shares_a_file()
    {
        using var recording = new MemoryStream([1]);
        var request = new TranscriptionRequest { File = FileUpload.FromStream(recording, "a.mp3"), Language = "en" };

        var copy = request.Clone();

        Assert.That((copy.File, copy.Language), Is.EqualTo((request.File, "en")));
    }

    [Test]
    public void Every_type_of_a_request_can_be_cloned()
    {
        var requests = typeof(TogetherAIClient).Assembly.GetExportedTypes().Where(type => type.Name.EndsWith("Request", StringComparison.Ordinal)).ToList();

        Assert.That(requests, Is.Not.Empty);
        Assert.That(requests.Where(type => type.GetMethod("Clone")?.ReturnType != type), Is.Empty);
    }

    private static void Spoil(ChatCompletionRequest request)
    {
        request.Model = "";
        request.Messages[0].Content = "changed";
        request.Messages.Add(new ChatCompletionMessage { Role = "" });
        ((JArray)request.AdditionalProperties["extra"]).Add(2);
        request.AdditionalProperties["late"] = true;
    }
}
