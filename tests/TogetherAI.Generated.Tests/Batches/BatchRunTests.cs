using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Batches;

/// <summary>Many requests are sent as one batch, and their results are read by their ids.</summary>
[CancelAfter(30_000)]
public sealed class BatchRunTests
{
    private const string Completed = "\"status\":\"COMPLETED\",\"output_file_id\":\"file-2\",\"error_file_id\":\"file-3\"";
    private const string Hello = """{"custom_id":"a","response":{"status_code":200,"body":{"choices":[{"index":0,"message":{"role":"assistant","content":"Hello"}}]}}}""";
    private const string Refused = """{"custom_id":"b","error":{"message":"no such model","code":"model_not_available"}}""";

    private static Dictionary<string, ChatCompletionRequest> Requests(params string[] ids)
        => ids.ToDictionary(id => id, id => new ChatCompletionRequest("m", [ChatCompletionMessage.FromUser(id)]));

    [Test]
    public async Task Run_uploads_creates_waits_and_gives_each_result_by_its_id()
    {
        await using var service = await BatchService.StartAsync("\"status\":\"IN_PROGRESS\"", Completed);
        (service.Files["file-2"], service.Files["file-3"]) = (Hello + "\n", Refused + "\n");
        string? created = null;
        var run = new BatchRunOptions { CompletionWindow = "24h", Priority = 2, ModelId = "m", Created = job => created = job.Id };

        var results = await service.Client.Batches.RunAsync(Requests("a", "b"), run).ToListAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Uploaded, Is.EqualTo(
                """{"custom_id":"a","body":{"model":"m","messages":[{"role":"user","content":"a"}]}}""" + "\n"
                + """{"custom_id":"b","body":{"model":"m","messages":[{"role":"user","content":"b"}]}}""" + "\n"));
            Assert.That(service.Calls, Is.EqualTo(new[]
            {
                "POST /v1/files",
                """POST /v1/batches {"endpoint":"/v1/chat/completions","input_file_id":"file-1","completion_window":"24h","priority":2,"model_id":"m"}""",
                "GET /v1/batches/b-1",
                "GET /v1/batches/b-1",
                "GET file-2",
                "GET file-3",
            }));
            Assert.That(created, Is.EqualTo("b-1"));
            Assert.That(results.Select(result => (result.Id, result.IsSuccess, result.StatusCode)), Is.EqualTo(new[] { ("a", true, (int?)200), ("b", false, null) }));
            Assert.That(results[0].ReadBody<ChatCompletionResponse>().Text, Is.EqualTo("Hello"));
            Assert.That((results[1].Failure!.Message, results[1].Failure!.Code), Is.EqualTo(("no such model", "model_not_available")));
            Assert.That(() => results[1].ReadBody<ChatCompletionResponse>(), Throws.InvalidOperationException.With.Message.Contains("No such model.").IgnoreCase);
        }
    }

    [Test]
    public async Task Run_of_a_file_sends_it_as_it_is()
    {
        const string Line = """{"custom_id":"a","body":{"model":"m","input":1}}""";
        await using var service = await BatchService.StartAsync(Completed);
        (service.Files["file-2"], service.Files["file-3"]) = (Hello, "");

        var results = await service.Client.Batches.RunAsync(FileUpload.FromBytes(System.Text.Encoding.UTF8.GetBytes(Line), "requests.jsonl")).ToListAsync();

        Assert.That((service.Uploaded, results.Single().Id), Is.EqualTo((Line, "a")));
    }

    [Test]
    public async Task Results_of_a_batch_are_read_from_its_id_alone()
    {
        await using var service = await BatchService.StartAsync("\"status\":\"IN_PROGRESS\"", Completed);
        (service.Files["file-2"], service.Files["file-3"]) = (Hello, Refused);

        var results = await service.Client.Batches.WaitForResultsAsync("b-1").ToListAsync();

        Assert.That(results.Select(result => result.Id), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(service.Calls, Has.None.StartsWith("POST"));
    }

    [TestCase("EXPIRED")]
    [TestCase("CANCELLED")]
    [TestCase("FAILED")]
    public async Task Batch_without_success_gives_the_results_that_it_has_and_then_fails(string status)
    {
        await using var service = await BatchService.StartAsync($"\"status\":\"{status}\",\"output_file_id\":\"file-2\",\"error\":\"out of time\"");
        service.Files["file-2"] = Hello;
        var results = new List<BatchResult>();

        var exception = await Failures.Of<TogetherAIJobException>(() => CollectAsync(service.Client.Batches.RunAsync(Requests("a", "b")), results));

        Assert.That((exception.Status, results.Single().Id), Is.EqualTo((status, "a")));
        Assert.That(exception.Message, Does.Contain("ut of time"));
    }

    [Test]
    public async Task Batch_with_fewer_results_than_requests_fails_after_them()
    {
        await using var service = await BatchService.StartAsync("\"status\":\"COMPLETED\",\"output_file_id\":\"file-2\"");
        service.Files["file-2"] = Hello;
        var results = new List<BatchResult>();

        var exception = await Failures.Of<TogetherAIInvalidResponseException>(() => CollectAsync(service.Client.Batches.RunAsync(Requests("a", "b", "c")), results));

        Assert.That(results, Has.Count.EqualTo(1));
        Assert.That(exception.Message, Does.Contain("only 1 results for 3 requests"));
    }

    [Test]
    public async Task Batch_without_any_file_is_no_empty_success()
    {
        await using var service = await BatchService.StartAsync("\"status\":\"COMPLETED\"");

        await Assert.ThatAsync(() => service.Client.Batches.WaitForResultsAsync("b-1").ToListAsync().AsTask(), Throws.TypeOf<TogetherAIInvalidResponseException>());
    }

    [TestCase("nonsense")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"custom_id":7,"response":{"status_code":200,"body":{}}}""")]
    [TestCase("""{"custom_id":"\ud83d","response":{"status_code":200,"body":{}}}""")]
    [TestCase("""{"custom_id":"b"}""")]
    [TestCase("""{"custom_id":"b","response":{"status_code":200}}""")]
    [TestCase("""{"custom_id":"b","response":{"status_code":200,"body":{"choices":[""")]
    public async Task Line_that_is_no_result_fails_with_its_number_after_the_results_before(string line)
    {
        await using var service = await BatchService.StartAsync(Completed);
        (service.Files["file-2"], service.Files["file-3"]) = (Hello + "\n" + line + "\n" + Hello, "");
        var results = new List<BatchResult>();

        var exception = await Failures.Of<TogetherAIInvalidResponseException>(() => CollectAsync(service.Client.Batches.WaitForResultsAsync("b-1"), results));

        Assert.That(results, Has.Count.EqualTo(1));
        Assert.That(exception.Message, Does.StartWith("Line 2 of the file file-2 "));
    }

    // The service's error files have one form; others write failures as responses, or in both files.
    [TestCase("""{"custom_id":"b","response":{"status_code":400,"body":{"error":{"message":"bad","type":"invalid_request_error"}}},"error":null}""", "bad")]
    [TestCase("""{"custom_id":"b","response":{"status_code":429,"body":{"error":"bad"}}}""", "bad")]
    [TestCase("""{"custom_id":"b","response":null,"error":"bad"}""", "bad")]
    [TestCase("""{"custom_id":"b","response":{"status_code":200,"body":{}},"error":{"message":"bad"}}""", "bad")]
    [TestCase("""{"custom_id":"b","error":{}}""", null)]
    public async Task Failure_in_any_form_and_file_is_a_failure(string line, string? message)
    {
        await using var service = await BatchService.StartAsync(Completed);
        (service.Files["file-2"], service.Files["file-3"]) = (line, line);

        var results = await service.Client.Batches.WaitForResultsAsync("b-1").ToListAsync();

        Assert.That(results.Select(result => (result.Id, result.IsSuccess, result.Failure?.Message)), Is.EqualTo(Enumerable.Repeat(("b", false, message), 2)));
    }

    [Test]
    public async Task Invalid_request_is_named_and_nothing_is_sent()
    {
        await using var service = await BatchService.StartAsync(Completed);
        var requests = Requests("a", "b");
        requests["b"].Model = "";

        var exception = await Failures.Of<ArgumentException>(() => service.Client.Batches.RunAsync(requests).ToListAsync().AsTask());

        Assert.That(exception.ParamName, Is.EqualTo("requests[\"b\"].Model"));
        Assert.That(service.Calls, Is.Empty);
    }

    [Test]
    public async Task Two_requests_with_one_id_are_refused_before_anything_is_sent()
    {
        await using var service = await BatchService.StartAsync(Completed);
        var request = new ChatCompletionRequest("m", [ChatCompletionMessage.FromUser("a")]);

        await Assert.ThatAsync(
            () => service.Client.Batches.RunAsync([new("a", request), new("a", request)]).ToListAsync().AsTask(),
            Throws.ArgumentException.With.Message.Contains("its custom_id is that of line 1"));
        Assert.That(service.Calls, Is.Empty);
    }

    [Test]
    public async Task No_requests_are_refused()
    {
        await using var service = await BatchService.StartAsync(Completed);

        await Assert.ThatAsync(() => service.Client.Batches.RunAsync([]).ToListAsync().AsTask(), Throws.ArgumentException.With.Message.Contains("There are no requests."));
    }

    [Test]
    public async Task Cancellation_while_waiting_ends_the_run()
    {
        using var cancellation = new CancellationTokenSource();
        await using var service = await BatchService.StartAsync("\"status\":\"IN_PROGRESS\"");
        var run = new BatchRunOptions { Created = _ => cancellation.Cancel() };

        await Assert.ThatAsync(
            () => service.Client.Batches.RunAsync(Requests("a"), run, cancellationToken: cancellation.Token).ToListAsync().AsTask(),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(service.Calls, Has.None.StartsWith("GET file"));
    }

    [Test]
    public async Task Results_are_given_as_they_are_read()
    {
        await using var service = await BatchService.StartAsync(Completed);
        service.Files["file-2"] = string.Concat(Enumerable.Range(0, 20_000).Select(i => Hello + "\n")) + "nonsense";

        var first = await service.Client.Batches.WaitForResultsAsync("b-1").FirstAsync();

        Assert.That(first.Id, Is.EqualTo("a"));
    }

    private static async Task CollectAsync(IAsyncEnumerable<BatchResult> source, List<BatchResult> results)
    {
        await foreach (var result in source)
        {
            results.Add(result);
        }
    }
}
