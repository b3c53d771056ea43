using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

public sealed class AreasTests
{
    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private TogetherAILocalServer _server = null!;
    private TogetherAIClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 });
        _client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = _server.Url, ApiKey = "any", MaxRetries = 0 });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test, CancelAfter(30_000)]
    public async Task Completion_streams_what_it_answers_whole(CancellationToken cancellationToken)
    {
        var request = new CompletionRequest { Model = "m", Prompt = "Write 5 words", LogProbabilities = 1, Echo = true };

        var whole = await _client.Completions.CreateAsync(request, cancellationToken: cancellationToken);
        var chunks = await _client.Completions.StreamAsync(request, cancellationToken: cancellationToken).ToListAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole.Choices[0].Text, Is.EqualTo(" I am a local mock"));
            Assert.That(whole.Prompt!.Single().Text, Is.EqualTo("Write 5 words"));
            Assert.That(string.Concat(chunks.SelectMany(chunk => chunk.Choices).Select(choice => choice.Text)), Is.EqualTo(whole.Choices[0].Text));
            Assert.That(chunks[^1].Choices, Is.Empty);
            Assert.That(chunks[^1].Usage!.TotalTokens, Is.EqualTo(whole.Usage!.TotalTokens));
            Assert.That(chunks[^2].Choices![0].FinishReason, Is.EqualTo(FinishReason.Stop));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Embeddings_have_length_one_and_are_nearer_where_words_are_shared(CancellationToken cancellationToken)
    {
        var request = new EmbeddingRequest { Model = "m", Input = ["a red cat sleeps", "the red cat sleeps", "stock market report"] };

        var vectors = (await _client.Embeddings.CreateAsync(request, cancellationToken: cancellationToken)).Data.Select(item => item.Embedding.ToArray()).ToList();
        var single = (await _client.Embeddings.CreateAsync(new EmbeddingRequest { Model = "m", Input = "a red cat sleeps" }, cancellationToken: cancellationToken)).Data[0].Embedding.ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(vectors.Select(vector => vector.Length), Is.All.EqualTo(384));
            Assert.That(vectors.Select(vector => Product(vector, vector)), Is.All.EqualTo(1).Within(1e-5));
            Assert.That(single, Is.EqualTo(vectors[0]));
            Assert.That(Product(vectors[0], vectors[1]), Is.GreaterThan(Product(vectors[0], vectors[2]) + 0.2));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Rerank_puts_the_document_with_the_most_words_of_the_query_first(CancellationToken cancellationToken)
    {
        var request = new RerankRequest { Model = "m", Query = "red cat", Documents = ["a dog", "the red cat", "a cat"], TopN = 2, ReturnDocuments = true };

        var answer = await _client.Rerank.RerankAsync(request, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Results.Select(result => result.Index), Is.EqualTo(new[] { 1, 2 }));
            Assert.That(answer.Results[0].RelevanceScore, Is.EqualTo(0.8).Within(1e-9));
            Assert.That(answer.Results[0].Document!.Text, Is.EqualTo("the red cat"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Models_are_listed_and_taken(CancellationToken cancellationToken)
    {
        var models = await _client.Models.ListAsync(cancellationToken: cancellationToken);
        var upload = await _client.Models.UploadAsync(new ModelUploadRequest { ModelName = "mine", ModelSource = "org/repo" }, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(models.Data.Select(model => model.Type), Does.Contain(ModelType.Chat).And.Contain(ModelType.Embedding).And.Contain(ModelType.Image));
            Assert.That(upload.Data!.ModelName, Is.EqualTo("mine"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Images_come_inside_the_answer_or_at_an_address(CancellationToken cancellationToken)
    {
        var request = new ImageRequest { Model = "m", Prompt = "a lamp", Width = 40, Height = 30, Count = 2 };
        var addresses = await _client.Images.GenerateAsync(request, cancellationToken: cancellationToken);
        request.ResponseFormat = ImageResponseFormat.Base64;

        var images = await _client.Images.GenerateAsync(request, cancellationToken: cancellationToken);
        var downloaded = await PlainHttp.Client.GetByteArrayAsync(addresses.Data[1].Url, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(images.Data, Has.Count.EqualTo(2));
            Assert.That(downloaded.Take(8), Is.EqualTo(PngSignature));
            Assert.That(images.Data[1].Data.GetValueOrDefault().ToArray(), Is.EqualTo(downloaded));
            Assert.That(images.Data[0].Data.GetValueOrDefault().ToArray(), Is.Not.EqualTo(downloaded));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Image_in_a_format_that_the_server_cannot_draw_is_refused(CancellationToken cancellationToken)
    {
        var request = new ImageRequest { Model = "m", Prompt = "a lamp", OutputFormat = ImageOutputFormat.Jpeg };

        await Assert.ThatAsync(
            () => _client.Images.GenerateAsync(request, cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIInvalidRequestException>().With.Message.Contains("PNGs only"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Video_is_done_when_it_is_looked_for(CancellationToken cancellationToken)
    {
        var begun = await _client.Videos.CreateAsync(new VideoRequest { Model = "m", Prompt = "waves" }, cancellationToken: cancellationToken);

        var done = await _client.Videos.RetrieveAsync(begun.Id, cancellationToken: cancellationToken);
        var file = await PlainHttp.Client.GetByteArrayAsync(done.Outputs!.VideoUrl, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(begun.Status, Is.EqualTo(VideoStatus.InProgress));
            Assert.That(done.Status, Is.EqualTo(VideoStatus.Completed));
            Assert.That(done.Id, Is.EqualTo(begun.Id));
            Assert.That(file.AsSpan(4, 4).SequenceEqual("ftyp"u8), Is.True);
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Video_is_found_under_the_address_of_the_first_version_too(CancellationToken cancellationToken)
    {
        // As Together's client for TypeScript sends it once its base address is set.
        const string Body = """{"model":"m","prompt":"waves","seconds":"6","width":640,"height":360,"fps":24,"steps":20,"seed":1,"media":{"frame_images":[{"input_image":"https://example.com/a.png","frame":"first"}]}}""";

        using var begun = await PlainHttp.PostToAsync(_server, "v1/videos", Body, cancellationToken);
        var id = (await PlainHttp.JsonAsync(begun, cancellationToken))["id"]!.GetValue<string>();
        using var found = await PlainHttp.Client.GetAsync(new Uri(_server.Url, $"v1/videos/{id}"), cancellationToken);
        var done = await PlainHttp.JsonAsync(found, cancellationToken);
        var same = await _client.Videos.RetrieveAsync(id, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(done["status"]!.GetValue<string>(), Is.EqualTo("completed"));
            Assert.That(done["size"]!.GetValue<string>(), Is.EqualTo("640x360"));
            Assert.That(done["seconds"]!.GetValue<string>(), Is.EqualTo("6"));
            Assert.That(same.Status, Is.EqualTo(VideoStatus.Completed));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Embeddings_come_as_base64_where_that_is_asked_for(CancellationToken cancellationToken)
    {
        var numbers = await VectorsAsync("float", cancellationToken);

        var encoded = await VectorsAsync("base64", cancellationToken);

        var decoded = encoded.Select(vector => MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(vector!.GetValue<string>())).ToArray());
        Assert.That(decoded, Is.EqualTo(numbers.Select(vector => vector!.AsArray().Select(number => number!.GetValue<float>()))));
    }

    [TestCase("v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]")]
    [TestCase("v1/completions", "\"prompt\":\"hi\"")]
    [TestCase("inference", "\"prompt\":\"hi\"")]
    [CancelAfter(30_000)]
    public async Task Very_many_stop_texts_are_refused(string path, string prompt, CancellationToken cancellationToken)
    {
        var body = $$"""{"model":"m",{{prompt}},"stop":[{{string.Join(',', Enumerable.Repeat("\"never\"", 100_000))}}]}""";

        using var response = await PlainHttp.PostToAsync(_server, path, body, cancellationToken);
        var error = (await PlainHttp.JsonAsync(response, cancellationToken))["error"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(400));
            Assert.That(error["message"]!.GetValue<string>(), Does.Contain("256"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Embeddings_of_very_many_texts_are_refused(CancellationToken cancellationToken)
    {
        var body = $$"""{"model":"m","input":[{{string.Join(',', Enumerable.Repeat("\"a\"", 300_000))}}]}""";

        using var response = await PlainHttp.PostToAsync(_server, "v1/embeddings", body, cancellationToken);
        var error = (await PlainHttp.JsonAsync(response, cancellationToken))["error"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(400));
            Assert.That(error["message"]!.GetValue<string>(), Does.Contain("2048"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Embedding_of_a_very_long_text_is_one_vector(CancellationToken cancellationToken)
    {
        var request = new EmbeddingRequest { Model = "m", Input = new string('a', 300_000) };

        var answer = await _client.Embeddings.CreateAsync(request, cancellationToken: cancellationToken);

        Assert.That(answer.Data.Single().Embedding.Length, Is.EqualTo(384));
    }

    [TestCase("v1/models", "application/json")]
    [TestCase("v1/voices", "application/json")]
    [TestCase("images/40x30/7.png", "image/png")]
    [TestCase("videos/empty.mp4", "video/mp4")]
    [CancelAfter(30_000)]
    public async Task Head_has_the_headers_of_get_and_no_body(string path, string contentType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(_server.Url, path));
        using var get = await PlainHttp.Client.GetAsync(request.RequestUri, cancellationToken);

        using var head = await PlainHttp.Client.SendAsync(request, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(head.Content.Headers.ContentType!.MediaType, Is.EqualTo(contentType));
            Assert.That(head.Content.Headers.ContentLength, Is.EqualTo((await get.Content.ReadAsByteArrayAsync(cancellationToken)).Length));
            Assert.That(await head.Content.ReadAsByteArrayAsync(cancellationToken), Is.Empty);
        }
    }

    [TestCase("nowhere", HttpStatusCode.NotFound)]
    [TestCase("v2/videos/video-none", HttpStatusCode.NotFound)]
    [TestCase("inference", HttpStatusCode.MethodNotAllowed)]
    [CancelAfter(30_000)]
    public async Task Head_has_the_status_of_get(string path, HttpStatusCode status, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(_server.Url, path));

        using var head = await PlainHttp.Client.SendAsync(request, cancellationToken);

        Assert.That(head.StatusCode, Is.EqualTo(status));
    }

    [Test, CancelAfter(30_000)]
    public async Task Video_nobody_began_is_not_found(CancellationToken cancellationToken)
        => await Assert.ThatAsync(
            () => _client.Videos.RetrieveAsync("video-none", cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAINotFoundException>());

    [TestCase("v1/completions", """{"model":"m"}""", "prompt")]
    [TestCase("v1/embeddings", """{"model":"m","input":[]}""", "input")]
    [TestCase("v1/embeddings", """{"model":"m","input":7}""", "input")]
    [TestCase("v1/embeddings", """{"model":"m","input":"x","encoding_format":"int8"}""", "encoding_format")]
    [TestCase("v1/rerank", """{"model":"m","query":"q","documents":[1]}""", "documents")]
    [TestCase("v1/models", """{"model_name":"m"}""", "model_source")]
    [TestCase("v1/images/generations", """{"model":"m","prompt":"p","n":5}""", "n")]
    [TestCase("v1/audio/speech", """{"model":"m","input":"p","voice":"v","response_format":"mp3"}""", "response_format")]
    [TestCase("v1/audio/speech", """{"model":"m","input":"p","voice":"v","stream":true}""", "response_format")]
    [TestCase("v2/videos", """{"model":"m","steps":9}""", "steps")]
    [CancelAfter(30_000)]
    public async Task Wrong_field_is_named_in_the_error(string path, string body, string field, CancellationToken cancellationToken)
    {
        using var response = await PlainHttp.PostToAsync(_server, path, body, cancellationToken);
        var json = await PlainHttp.JsonAsync(response, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(400));
            Assert.That(json["error"]!["param"]!.GetValue<string>(), Is.EqualTo(field));
        }
    }

    private async Task<JsonNode?[]> VectorsAsync(string format, CancellationToken cancellationToken)
    {
        using var response = await PlainHttp.PostToAsync(
            _server, "v1/embeddings", $$"""{"model":"m","input":["a red cat","a dog"],"encoding_format":"{{format}}"}""", cancellationToken);
        return [.. (await PlainHttp.JsonAsync(response, cancellationToken))["data"]!.AsArray().Select(item => item!["embedding"])];
    }

    private static double Product(float[] left, float[] right) => left.Zip(right, (a, b) => (double)a * b).Sum();
}
