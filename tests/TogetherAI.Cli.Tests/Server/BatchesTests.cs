using System.Text;
using Microsoft.Extensions.Time.Testing;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>Batches of the local server, which run their requests through its own endpoints.</summary>
[CancelAfter(60_000)]
public sealed class BatchesTests
{
    private static readonly TogetherAIWaitOptions Quick = new() { Interval = TimeSpan.FromMilliseconds(20), IntervalGrowth = 1 };

    [Test]
    public async Task Batch_runs_its_requests_and_writes_both_files(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { ApiKey = "key" }, cancellationToken);
        using var client = ClientOf(server);
        var requests = Enumerable.Range(0, 20).ToDictionary(i => $"r-{i}", i => new ChatCompletionRequest(i == 7 ? TogetherAILocalServerOptions.MissingModel : "m", [ChatCompletionMessage.FromUser($"number {i}")]));

        var results = await client.Batches.RunAsync(requests, new BatchRunOptions { Wait = Quick }, cancellationToken: cancellationToken).ToDictionaryAsync(result => result.Id, cancellationToken: cancellationToken);
        var batch = (await client.Batches.ListAsync(cancellationToken: cancellationToken)).Data.Single();
        var own = await client.Chat.CompleteAsync(requests["r-3"], cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(results.Keys, Is.EquivalentTo(requests.Keys));
            Assert.That(results.Values.Where(result => !result.IsSuccess).Select(result => (result.Id, result.Failure!.Code)), Is.EqualTo(new[] { ("r-7", "model_not_available") }));
            Assert.That(results["r-3"].ReadBody<ChatCompletionResponse>().Text, Is.EqualTo(own.Text));
            Assert.That((batch.Status, batch.Progress, batch.IsFinished), Is.EqualTo((BatchStatus.Completed, (double?)100, true)));
            Assert.That(batch.CompletedAt, Is.GreaterThanOrEqualTo(batch.CreatedAt!));
            Assert.That(batch.Deadline - batch.CreatedAt, Is.EqualTo(TimeSpan.FromHours(24)));
        }
    }

    [TestCase("/v1/completions", """{"model":"m","prompt":"a"}""", "text")]
    [TestCase("/v1/chat/completions", """{"messages":[{"role":"user","content":"a"}]}""", "choices")]
    [TestCase("/v1/audio/transcriptions", """{"model":"m","file":"https://example.com/a.wav"}""", "text")]
    [TestCase("/v1/audio/translations", """{"file":"https://example.com/a.wav","response_format":"verbose_json"}""", "language")]
    public async Task Batch_of_each_endpoint_has_its_responses(string endpoint, string body, string field, CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);
        using var client = ClientOf(server);
        var run = new BatchRunOptions { Endpoint = endpoint, ModelId = "m", Wait = Quick };

        var result = await client.Batches.RunAsync(Lines($$"""{"custom_id":"a","body":{{body}}}"""), run, cancellationToken: cancellationToken).SingleAsync(cancellationToken);

        Assert.That((result.IsSuccess, result.Failure?.Message), Is.EqualTo((true, (string?)null)));
        Assert.That(result.Body, Does.Contain($"\"{field}\""));
    }

    [TestCase("""{"custom_id":"a","body":{}}""" + "\nnonsense", "Line 2 of the input file is invalid: it is no JSON object")]
    [TestCase("""{"custom_id":"a","body":{}}""" + "\n" + """{"custom_id":"a","body":{}}""", "Line 2 of the input file is invalid: its custom_id a is that of another line")]
    [TestCase("""{"body":{}}""", "Line 1 of the input file is invalid: custom_id must be a text of 1 to 64 characters")]
    [TestCase("""{"custom_id":"a","body":[]}""", "Line 1 of the input file is invalid: body must be an object")]
    public async Task Batch_of_an_invalid_file_fails_with_the_line(string content, string reason, CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);
        using var client = ClientOf(server);
        var file = await client.Files.UploadAsync(new FileUploadRequest(Lines(content), FilePurpose.BatchApi) { ChecksLines = false }, cancellationToken: cancellationToken);
        var created = await client.Batches.CreateAsync(new BatchRequest(BatchEndpoint.ChatCompletions, file.Id), cancellationToken: cancellationToken);

        Assert.That(created.Job!.Status, Is.EqualTo(BatchStatus.Validating));
        await Assert.ThatAsync(
            () => client.Batches.WaitAsync(created.Job!.Id, wait: Quick, cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIJobException>().With.Message.Contains(reason).And.Property("Status").EqualTo("FAILED"));
    }

    [Test]
    public async Task Streamed_request_of_a_batch_is_a_failure(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);
        using var client = ClientOf(server);

        var result = await client.Batches.RunAsync(Lines("""{"custom_id":"a","body":{"model":"m","stream":true,"messages":[]}}"""), new BatchRunOptions { Wait = Quick }, cancellationToken: cancellationToken).SingleAsync(cancellationToken);

        Assert.That(result.Failure?.Message, Is.EqualTo("The requests of a batch cannot be streamed."));
    }

    [TestCase("""{"endpoint":"/v1/embeddings","input_file_id":"FILE"}""", 400, "endpoint must be one of")]
    [TestCase("""{"endpoint":"/v1/chat/completions","input_file_id":"file-x"}""", 404, "no file file-x")]
    [TestCase("""{"endpoint":"/v1/chat/completions"}""", 400, "input_file_id")]
    [TestCase("""{"endpoint":"/v1/chat/completions","input_file_id":"FILE","completion_window":"soon"}""", 400, "completion_window must be")]
    [TestCase("""{"endpoint":"/v1/chat/completions","input_file_id":"FILE","completion_window":"999999999d"}""", 400, "completion_window must be")]
    public async Task Invalid_batch_is_refused_with_a_text(string body, int status, string reason, CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);
        using var client = ClientOf(server);
        var file = await client.Files.UploadAsync(new FileUploadRequest(Lines("""{"custom_id":"a","body":{}}"""), FilePurpose.BatchApi), cancellationToken: cancellationToken);
        using var http = new HttpClient();
        using var content = new StringContent(body.Replace("FILE", file.Id, StringComparison.Ordinal), Encoding.UTF8, "application/json");

        using var response = await http.PostAsync(new Uri(server.Url, "v1/batches"), content, cancellationToken);
        using var json = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(json.RootElement.GetProperty("error").GetString(), Does.Contain(reason));
    }

    [Test]
    public async Task Batch_of_a_file_for_something_else_is_refused(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);
        using var client = ClientOf(server);
        var file = await client.Files.UploadAsync(new FileUploadRequest(Lines("{}"), FilePurpose.FineTune), cancellationToken: cancellationToken);

        await Assert.ThatAsync(
            () => client.Batches.CreateAsync(new BatchRequest(BatchEndpoint.ChatCompletions, file.Id), cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIInvalidRequestException>().With.Message.Contains("batch-api"));
    }

    [Test]
    public async Task Batch_that_is_cancelled_keeps_what_was_done(CancellationToken cancellationToken)
    {
        await using var server = await PacedAsync(new FakeTimeProvider(), cancellationToken);
        using var client = ClientOf(server);
        var id = await StartAsync(client, "24h", cancellationToken);

        var cancelled = await client.Batches.CancelAsync(id, cancellationToken: cancellationToken);
        var results = new List<BatchResult>();

        Assert.That(cancelled.Status, Is.EqualTo(BatchStatus.Cancelled));
        await Assert.ThatAsync(() => CollectAsync(client, id, results, cancellationToken), Throws.TypeOf<TogetherAIJobException>());
        Assert.That(results.Select(result => result.Id), Is.EqualTo(new[] { "quick" }));
        await Assert.ThatAsync(
            () => client.Batches.CancelAsync(id, cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIInvalidRequestException>().With.Message.Contains("already ended with the status CANCELLED"));
    }

    [Test]
    public async Task Batch_that_takes_too_long_expires_with_what_was_done(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        await using var server = await PacedAsync(time, cancellationToken);
        using var client = ClientOf(server);
        var id = await StartAsync(client, "2h", cancellationToken);
        var results = new List<BatchResult>();

        time.Advance(TimeSpan.FromHours(3));

        await Assert.ThatAsync(() => CollectAsync(client, id, results, cancellationToken), Throws.TypeOf<TogetherAIJobException>().With.Property("Status").EqualTo("EXPIRED"));
        Assert.That(results.Select(result => result.Id), Is.EqualTo(new[] { "quick" }));
    }

    [Test]
    public async Task Batches_of_a_folder_are_found_again_and_those_that_had_not_ended_run_again(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("together-");
        try
        {
            string ended;
            string open;
            await using (var first = await PacedAsync(TimeProvider.System, cancellationToken, folder.FullName))
            {
                using var client = ClientOf(first);
                open = await StartAsync(client, "24h", cancellationToken);
                var file = await client.Files.UploadAsync(new FileUploadRequest(Lines(Quickly), FilePurpose.BatchApi), cancellationToken: cancellationToken);
                ended = (await client.Batches.CreateAsync(new BatchRequest(BatchEndpoint.ChatCompletions, file.Id), cancellationToken: cancellationToken)).Job!.Id;
                await client.Batches.WaitAsync(ended, wait: Quick, cancellationToken: cancellationToken);
            }

            await using var second = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { DataFolder = folder.FullName }, cancellationToken);
            using var again = ClientOf(second);
            var all = await again.Batches.WaitForResultsAsync(open, new BatchRunOptions { Wait = Quick }, cancellationToken: cancellationToken).ToListAsync(cancellationToken);
            var kept = await again.Batches.WaitForResultsAsync(ended, new BatchRunOptions { Wait = Quick }, cancellationToken: cancellationToken).ToListAsync(cancellationToken);

            Assert.That(all.Select(result => result.Id), Is.EquivalentTo(new[] { "quick", "later" }));
            Assert.That(kept.Select(result => result.Id), Is.EqualTo(new[] { "quick" }));
            Assert.That(folder.EnumerateFiles("*.part"), Is.Empty);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private const string Quickly = """{"custom_id":"quick","body":{"model":"m","messages":[{"role":"user","content":"a"}],"max_tokens":1}}""";
    private const string Later = """{"custom_id":"later","body":{"model":"later","messages":[{"role":"user","content":"a"}]}}""";

    private static Task<TogetherAILocalServer> PacedAsync(TimeProvider time, CancellationToken cancellationToken, string? folder = null)
        => TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TimeProvider = time, DataFolder = folder, BatchRequestInterval = TimeSpan.FromHours(30) }, cancellationToken);

    // Returns when the first request has been processed, and the second has not.
    private static async Task<string> StartAsync(TogetherAIClient client, string window, CancellationToken cancellationToken)
    {
        var file = await client.Files.UploadAsync(new FileUploadRequest(Lines(Quickly + "\n" + Later), FilePurpose.BatchApi), cancellationToken: cancellationToken);
        var created = await client.Batches.CreateAsync(new BatchRequest(BatchEndpoint.ChatCompletions, file.Id) { CompletionWindow = window }, cancellationToken: cancellationToken);
        await Eventually.TrueAsync(async () => (await client.Batches.RetrieveAsync(created.Job!.Id, cancellationToken: cancellationToken)).Progress == 50, cancellationToken);
        return created.Job!.Id;
    }

    private static async Task CollectAsync(TogetherAIClient client, string id, List<BatchResult> results, CancellationToken cancellationToken)
    {
        await foreach (var result in client.Batches.WaitForResultsAsync(id, new BatchRunOptions { Wait = Quick }, cancellationToken: cancellationToken))
        {
            results.Add(result);
        }
    }

    private static FileUpload Lines(string lines) => FileUpload.FromBytes(Encoding.UTF8.GetBytes(lines), "a.jsonl");

    private static TogetherAIClient ClientOf(TogetherAILocalServer server) => new(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "key", MaxRetries = 0 });
}
