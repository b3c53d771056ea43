using System.Net;
using System.Text.Json.Nodes;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

public sealed class ModelCatalogTests
{
    private TogetherAILocalServer _server = null!;
    private TogetherAILocalServer _open = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TogetherAILocalServer.StartAsync(
            new TogetherAILocalServerOptions { TokensPerSecond = 0, Models = ["org/one", "local/mock-embedding"] });
        _open = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _open.DisposeAsync();
    }

    private static IEnumerable<TestCaseData> Requests()
    {
        yield return new TestCaseData("inference", """{"prompt":"p"}""");
        yield return new TestCaseData("inference", """{"prompt":"p","stream_tokens":true}""");
        yield return new TestCaseData("v1/chat/completions", """{"messages":[{"role":"user","content":"x"}]}""");
        yield return new TestCaseData("v1/chat/completions", """{"messages":[{"role":"user","content":"x"}],"stream":true}""");
        yield return new TestCaseData("v1/completions", """{"prompt":"p"}""");
        yield return new TestCaseData("v1/completions", """{"prompt":"p","stream":true}""");
        yield return new TestCaseData("v1/embeddings", """{"input":"p"}""");
        yield return new TestCaseData("v1/rerank", """{"query":"q","documents":["d"]}""");
        yield return new TestCaseData("v1/images/generations", """{"prompt":"p","width":8,"height":8}""");
        yield return new TestCaseData("v1/audio/speech", """{"input":"p","voice":"v"}""");
        yield return new TestCaseData("v1/audio/speech", """{"input":"p","voice":"v","stream":true,"response_format":"raw"}""");
        yield return new TestCaseData("v2/videos", """{"prompt":"p"}""");
        yield return new TestCaseData("v1/videos", """{"prompt":"p"}""");
    }

    [TestCaseSource(nameof(Requests)), CancelAfter(30_000)]
    public async Task Model_that_there_is_not_gets_404_everywhere(string path, string fields, CancellationToken cancellationToken)
    {
        using var known = await PostAsync(_server, path, fields, "org/one", cancellationToken);
        using var unknown = await PostAsync(_server, path, fields, "org/two", cancellationToken);
        var error = (await PlainHttp.JsonAsync(unknown, cancellationToken))["error"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(known.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(error["code"]!.GetValue<string>(), Is.EqualTo("model_not_available"));
            Assert.That(error["type"]!.GetValue<string>(), Is.EqualTo("invalid_request_error"));
            Assert.That(error["message"]!.GetValue<string>(), Does.Contain("org/two"));
        }
    }

    [TestCaseSource(nameof(Requests)), CancelAfter(30_000)]
    public async Task Model_of_any_name_but_one_will_do_where_none_are_given(string path, string fields, CancellationToken cancellationToken)
    {
        using var any = await PostAsync(_open, path, fields, "any", cancellationToken);
        using var missing = await PostAsync(_open, path, fields, TogetherAILocalServerOptions.MissingModel, cancellationToken);

        Assert.That(new[] { any.StatusCode, missing.StatusCode }, Is.EqualTo(new[] { HttpStatusCode.OK, HttpStatusCode.NotFound }));
    }

    [Test, CancelAfter(30_000)]
    public async Task Model_of_a_transcription_is_looked_for_where_one_is_named(CancellationToken cancellationToken)
    {
        using var client = Client(_server);

        var unnamed = await client.Audio.CreateTranscriptionAsync(Recording(null), cancellationToken: cancellationToken);

        Assert.That(unnamed.Text, Is.Not.Empty);
        await Assert.ThatAsync(
            () => client.Audio.CreateTranscriptionAsync(Recording("org/two"), cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAINotFoundException>());
    }

    [Test, CancelAfter(30_000)]
    public async Task Models_that_are_given_are_listed(CancellationToken cancellationToken)
    {
        using var client = Client(_server);

        var models = await client.Models.ListAsync(cancellationToken: cancellationToken);

        Assert.That(
            models.Data.Select(model => (model.Id, model.Type)),
            Is.EqualTo(new[] { ("org/one", ModelType.Chat), ("local/mock-embedding", ModelType.Embedding) }));
    }

    [Test, CancelAfter(30_000)]
    public async Task Program_that_asks_for_a_model_that_no_server_has_is_told_so(CancellationToken cancellationToken)
    {
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = _open.Url, ApiKey = "k" });
        var request = new InferenceRequest { Model = "no/such-model", Prompt = "Hi" };

        await Assert.ThatAsync(
            () => client.StreamTokensAsync(request, cancellationToken: cancellationToken).ToListAsync(cancellationToken).AsTask(),
            Throws.TypeOf<TogetherAINotFoundException>()
                .With.Property("ErrorCode").EqualTo("model_not_available")
                .And.Property("Attempts").EqualTo(1)
                .And.Message.Contains("no/such-model"));
    }

    [TestCase(null), TestCase(""), TestCase(" ")]
    public async Task Start_with_a_model_without_a_name_fails(string? name)
        => await Assert.ThatAsync(
            () => TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { Models = ["org/one", name!] }),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("Models"));

    private static TogetherAIClient Client(TogetherAILocalServer server)
        => new(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "k", MaxRetries = 0 });

    private static TranscriptionRequest Recording(string? model)
        => new() { Model = model, File = FileUpload.FromBytes(new byte[100], "a.wav") };

    private static Task<HttpResponseMessage> PostAsync(
        TogetherAILocalServer server, string path, string fields, string model, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(fields)!.AsObject();
        body["model"] = model;
        return PlainHttp.PostToAsync(server, path, body.ToJsonString(), cancellationToken);
    }
}
