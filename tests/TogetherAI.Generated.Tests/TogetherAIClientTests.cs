using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests;

public sealed class TogetherAIClientTests
{
    private static readonly ChatCompletionRequest Chat = new() { Model = "m", Messages = [ChatCompletionMessage.FromUser("u")] };

    private static IEnumerable<TestCaseData> Calls()
    {
        yield return Call("POST", "/inference", client => client.Inference.RunAsync(new InferenceRequest { Model = "m", Prompt = "p" }));
        yield return Call("POST", "/v1/chat/completions", client => client.Chat.CompleteAsync(Chat));
        yield return Call("POST", "/v1/chat/completions", client => client.Chat.StreamTokensAsync(Chat).ToListAsync().AsTask());
        yield return Call("POST", "/v1/completions", client => client.Completions.CreateAsync(new CompletionRequest { Model = "m", Prompt = "p" }));
        yield return Call("POST", "/v1/embeddings", client => client.Embeddings.CreateAsync(new EmbeddingRequest { Model = "m", Input = "i" }));
        yield return Call("POST", "/v1/rerank", client => client.Rerank.RerankAsync(new RerankRequest { Model = "m", Query = "q", Documents = [] }));
        yield return Call("GET", "/v1/models", client => client.Models.ListAsync());
        yield return Call("POST", "/v1/models", client => client.Models.UploadAsync(new ModelUploadRequest { ModelName = "n", ModelSource = "s" }));
        yield return Call("POST", "/v1/images/generations", client => client.Images.GenerateAsync(new ImageRequest { Model = "m", Prompt = "p" }));
        yield return Call("POST", "/v1/audio/speech", client => client.Audio.CreateSpeechAsync(new SpeechRequest { Model = "m", Input = "i", Voice = "v" }));
        yield return Call("POST", "/v1/audio/transcriptions", client => client.Audio.CreateTranscriptionAsync(new TranscriptionRequest { File = new Uri("https://a/b.mp3") }));
        yield return Call("POST", "/v1/audio/translations", client => client.Audio.CreateTranslationAsync(new TranslationRequest { File = new Uri("https://a/b.mp3") }));
        yield return Call("GET", "/v1/voices", client => client.Audio.ListVoicesAsync());
        yield return Call("POST", "/v2/videos", client => client.Videos.CreateAsync(new VideoRequest { Model = "m" }));
        yield return Call("GET", "/v2/videos/v-1", client => client.Videos.RetrieveAsync("v-1"));
    }

    [TestCaseSource(nameof(Calls)), CancelAfter(30_000)]
    public async Task Call_status_of_failure_is_the_same_exception_everywhere(string method, string path, Func<TogetherAIClient, Task> call)
    {
        using var server = MockServer.Json(method, path, """{"error":{"message":"Slow down.","type":"model_rate_limit","param":null,"code":null}}""", status: 429);

        await Assert.ThatAsync(
            () => call(server.Client),
            Throws.TypeOf<TogetherAIRateLimitException>().With.Property("ErrorType").EqualTo("model_rate_limit").And.Message.Contains("Slow down."));

        Assert.That(server.Received.Headers!["Authorization"].Single(), Is.EqualTo("Bearer test-key"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Dispose_of_one_area_leaves_the_others_working(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("GET", "/v1/models", "[]");

        server.Client.Chat.Dispose();

        Assert.That((await server.Client.Models.ListAsync(cancellationToken: cancellationToken)).Data, Is.Empty);
    }

    [Test]
    public async Task Dispose_of_the_whole_closes_every_area()
    {
        var client = new TogetherAIClient(new TogetherAIOptions { ApiKey = "test-key" });

        client.Dispose();

        await Assert.ThatAsync(() => client.Models.ListAsync(), Throws.InstanceOf<ObjectDisposedException>());
    }

    private static TestCaseData Call(string method, string path, Func<TogetherAIClient, Task> call)
        => new TestCaseData(method, path, call).SetArgDisplayNames(method, path);

    [Test]
    public void Areas_are_all_properties_of_the_interface()
    {
        using var client = new TogetherAIClient(new TogetherAIOptions { ApiKey = "test-key" });
        var properties = typeof(ITogetherAIClient).GetProperties();

        Assert.That(TogetherAIClient.Areas.Keys, Is.EquivalentTo(properties.Select(static property => property.PropertyType)));
        Assert.That(properties, Is.All.Matches<System.Reflection.PropertyInfo>(property => ReferenceEquals(TogetherAIClient.Areas[property!.PropertyType](client), property.GetValue(client))));
    }

    [Test]
    public async Task HttpClient_with_the_defaults_of_the_client_streams_and_follows_no_redirect()
    {
        await using var server = RawServer.Answering(Answers.Empty(302, "Location: /elsewhere\r\n"));
        using var httpClient = new HttpClient(TogetherAIHttpDefaults.CreateHandler());

        TogetherAIHttpDefaults.Apply(httpClient);

        Assert.That(httpClient.Timeout, Is.EqualTo(Timeout.InfiniteTimeSpan));
        using var response = await httpClient.GetAsync(server.Url);
        Assert.That((int)response.StatusCode, Is.EqualTo(302));
    }
}
