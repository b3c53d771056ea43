using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Batches;

/// <summary>Batches are created, listed, cancelled and waited for.</summary>
[CancelAfter(30_000)]
public sealed class BatchesTests
{
    [Test]
    public async Task Create_sends_the_file_and_reads_the_job_and_its_warning(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(201, """{"job":{"id":"b-1","status":"VALIDATING","progress":0.5,"created_at":"2026-05-01T09:00:00Z","file_size_bytes":5000000000},"warning":"few lines"}"""));
        using var client = Clients.ForAll(server);

        var response = await client.Batches.CreateAsync(
            new BatchRequest(BatchEndpoint.ChatCompletions, "file-1") { CompletionWindow = "24h", Priority = 1, ModelId = "m" }, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((response.Job!.Id, response.Job.Status, response.Job.Progress, response.Job.FileSize), Is.EqualTo(("b-1", BatchStatus.Validating, (double?)0.5, (long?)5_000_000_000)));
            Assert.That(response.Job.CreatedAt, Is.EqualTo(new DateTimeOffset(2026, 5, 1, 9, 0, 0, TimeSpan.Zero)));
            Assert.That(response.Warning, Is.EqualTo("few lines"));
            Assert.That(server.Requests.Single().Body, Is.EqualTo(
                """{"endpoint":"/v1/chat/completions","input_file_id":"file-1","completion_window":"24h","priority":1,"model_id":"m"}"""));
        }
    }

    [TestCase("2026-05-01T09:00:00")]
    [TestCase("2026-05-01T09:00:00Z")]
    [TestCase("2026-05-01T18:00:00+09:00")]
    [TestCase("2026-05-01 09:00:00.000")]
    [NonParallelizable]
    public async Task Time_without_an_offset_is_in_UTC_on_every_machine(string time)
    {
        await using var server = RawServer.Answering(Answers.Of(200, $$"""{"id":"b-1","created_at":"{{time}}"}"""));
        using var client = Clients.ForAll(server);
        using var zone = EnvironmentVariable.Set("TZ", "Asia/Tokyo");
        TimeZoneInfo.ClearCachedData();
        try
        {
            var job = await client.Batches.RetrieveAsync("b-1");

            Assert.That(job.CreatedAt?.UtcDateTime, Is.EqualTo(new DateTime(2026, 5, 1, 9, 0, 0, DateTimeKind.Utc)));
        }
        finally
        {
            zone.Dispose();
            TimeZoneInfo.ClearCachedData();
        }
    }

    [TestCase("\"yesterday\"")]
    [TestCase("\"\"")]
    [TestCase("5")]
    [TestCase("{}")]
    public async Task Time_that_is_none_is_kept_and_the_rest_is_read(string time)
    {
        await using var server = RawServer.Answering(Answers.Of(200, $$"""{"id":"b-1","status":"COMPLETED","completed_at":{{time}},"output_file_id":"file-2"}"""));
        using var client = Clients.ForAll(server);

        var job = await client.Batches.RetrieveAsync("b-1");

        Assert.That((job.OutputFileId, job.CompletedAt), Is.EqualTo(("file-2", (DateTimeOffset?)null)));
        Assert.That(job.AdditionalProperties, Contains.Key("completed_at"));
    }

    [Test]
    public async Task List_reads_a_bare_array(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("GET", "/v1/batches", """[{"id":"b-1","status":"COMPLETED"},{"id":"b-2","status":"CANCELING"}]""");

        var batches = await server.Client.Batches.ListAsync(cancellationToken: cancellationToken);

        Assert.That(batches.Data.Select(batch => (batch.Id, batch.Status)), Is.EqualTo(new[] { ("b-1", BatchStatus.Completed), ("b-2", BatchStatus.Cancelling) }));
    }

    [Test]
    public async Task Cancel_returns_the_batch(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v1/batches/b-1/cancel", """{"id":"b-1","status":"CANCELLED"}""");

        var batch = await server.Client.Batches.CancelAsync("b-1", cancellationToken: cancellationToken);

        Assert.That((batch.Status, batch.IsFinished), Is.EqualTo((BatchStatus.Cancelled, true)));
    }

    [Test]
    public async Task Wait_retrieves_the_batch_until_it_has_ended()
    {
        await using var server = RawServer.Answering(Job("VALIDATING"), Job("IN_PROGRESS"), Job("COMPLETED", ",\"output_file_id\":\"file-2\""));
        using var client = ClientOf(server);

        var batch = await client.Batches.WaitAsync("b-1");

        Assert.That((batch.Status, batch.OutputFileId), Is.EqualTo((BatchStatus.Completed, "file-2")));
        Assert.That(server.Requests.Select(request => request.Target), Is.EqualTo(Enumerable.Repeat("/v1/batches/b-1", 3)));
    }

    [TestCase("FAILED", ",\"error\":\"no lines\"", "with the status \"FAILED\": no lines.")]
    [TestCase("FAILED", ",\"error\":{\"message\":\"no lines\"}", "with the status \"FAILED\": no lines.")]
    [TestCase("EXPIRED", "", "with the status \"EXPIRED\", and gave no reason.")]
    [TestCase("CANCELLED", "", "with the status \"CANCELLED\", and gave no reason.")]
    public async Task Wait_for_a_batch_that_fails_throws_its_reason(string status, string error, string sentence)
    {
        await using var server = RawServer.Answering(Job("IN_PROGRESS"), Job(status, error));
        using var client = ClientOf(server);

        var exception = await Failures.Of<TogetherAIJobException>(() => client.Batches.WaitAsync("b-1"));

        Assert.That(exception.Status, Is.EqualTo(status));
        Assert.That(exception.Message, Does.EndWith(sentence));
    }

    [Test]
    public async Task Error_that_is_only_a_text_is_told()
    {
        await using var server = RawServer.Answering(Answers.Of(400, """{"error":"the input file is empty"}"""));
        using var client = Clients.ForAll(server);

        await Assert.ThatAsync(
            () => client.Batches.CreateAsync(new BatchRequest(BatchEndpoint.ChatCompletions, "file-1")),
            Throws.TypeOf<TogetherAIInvalidRequestException>().With.Message.Contains("The input file is empty").IgnoreCase);
    }

    [TestCase(500, 1)]
    [TestCase(504, 1)]
    [TestCase(429, 2)]
    [TestCase(503, 2)]
    public async Task Create_is_sent_again_only_where_the_server_has_not_acted(int status, int requests)
    {
        await using var server = RawServer.Answering(Answers.Of(status, "{}"), Answers.Of(201, """{"job":{"id":"b-1"}}"""));
        using var client = new TogetherAIClient(Clients.Options(server.Url, options => (options.TimeProvider, options.MaxRetries) = (new InstantTime(), 2)));

        try
        {
            await client.Batches.CreateAsync(new BatchRequest(BatchEndpoint.ChatCompletions, "file-1"));
        }
        catch (TogetherAIServerException)
        {
        }

        Assert.That(server.Requests, Has.Count.EqualTo(requests));
    }

    private static TogetherAIClient ClientOf(RawServer server)
        => new(Clients.Options(server.Url, options => options.TimeProvider = new InstantTime()));

    private static string Job(string status, string more = "") => Answers.Of(200, $$"""{"id":"b-1","status":"{{status}}"{{more}}}""");
}
