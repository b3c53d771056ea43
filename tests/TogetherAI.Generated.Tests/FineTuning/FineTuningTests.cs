using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.FineTuning;

/// <summary>Fine-tuning jobs are created, watched and cancelled.</summary>
[CancelAfter(30_000)]
public sealed class FineTuningTests
{
    [Test]
    public async Task Create_sends_the_parameters_and_reads_the_job()
    {
        await using var server = RawServer.Answering(Answers.Of(200, """{"id":"ft-1","status":"pending","created_at":"2026-05-01T09:00:00Z","batch_size":8,"random_seed":null,"total_price":1500000000,"train_on_inputs":"auto"}"""));
        using var client = Clients.ForAll(server);
        var request = new FineTuningRequest("file-1", "m")
        {
            BatchSize = FineTuningBatchSize.Max,
            LearningRate = 1e-5,
            TrainingMethod = new FineTuningMethod(FineTuningMethodType.Supervised) { TrainOnInputs = true },
            TrainingType = new FineTuningTrainingType(FineTuningWeightsType.Lora) { LoraRank = 8, LoraAlpha = 16 },
            LearningRateScheduler = new FineTuningScheduler(FineTuningSchedulerType.Cosine) { SchedulerArguments = new FineTuningSchedulerArguments { MinLearningRateRatio = 0, CycleCount = 0.5 } },
            EpochCount = 3,
        };

        var job = await client.FineTuning.CreateAsync(request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((job.Id, job.Status, job.BatchSize?.Number, job.TotalPrice), Is.EqualTo(("ft-1", FineTuningStatus.Pending, (int?)8, (decimal?)1_500_000_000)));
            Assert.That((job.RandomSeed, job.TrainOnInputs?.Word, job.IsFinished), Is.EqualTo(((decimal?)null, "auto", false)));
            Assert.That(server.Request.Body, Is.EqualTo(
                """{"training_file":"file-1","model":"m","n_epochs":3,"batch_size":"max","learning_rate":1E-05,"lr_scheduler":{"lr_scheduler_type":"cosine","lr_scheduler_args":{"min_lr_ratio":0.0,"num_cycles":0.5}},"training_method":{"method":"sft","train_on_inputs":true},"training_type":{"type":"Lora","lora_r":8,"lora_alpha":16}}"""));
        }
    }

    [Test]
    public async Task Secret_of_the_request_is_never_shown()
    {
        await using var server = RawServer.Answering(Answers.Of(400, """{"error":{"message":"the keys wandb-secret and hf-secret are wrong"}}"""));
        using var client = Clients.ForAll(server);

        var exception = await Failures.Of<TogetherAIInvalidRequestException>(
            () => client.FineTuning.CreateAsync(new FineTuningRequest("file-1", "m") { WandbApiKey = "wandb-secret", HuggingFaceApiToken = "hf-secret" }));

        Assert.That(Reflected.TextsOf(exception), Has.None.Contains("wandb-secret").And.None.Contains("hf-secret"));
    }

    [TestCase(500, 1)]
    [TestCase(429, 2)]
    public async Task Create_is_retried_only_if_the_server_has_not_acted(int status, int requests)
    {
        await using var server = RawServer.Answering(Answers.Of(status, "{}"), Answers.Of(200, """{"id":"ft-1","status":"pending"}"""));
        using var client = ClientOf(server, retries: 2);

        var job = client.FineTuning.CreateAsync(new FineTuningRequest("file-1", "m"));
        await Assert.ThatAsync(() => job, requests == 1 ? Throws.TypeOf<TogetherAIServerException>() : Throws.Nothing);

        Assert.That(server.Requests, Has.Count.EqualTo(requests));
    }

    [Test]
    public async Task Metrics_take_their_filters_in_the_query(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, """{"metrics":[{"train/loss":0.5,"global_step":1}]}"""));
        using var client = Clients.ForAll(server);
        var request = new FineTuningRetrieveMetricsRequest { GlobalStepFrom = 1, GlobalStepTo = 10, LoggedAtFrom = new DateTimeOffset(2026, 5, 1, 9, 0, 0, TimeSpan.Zero), Resolution = 100 };

        var response = await client.FineTuning.RetrieveMetricsAsync("ft-1", request, cancellationToken: cancellationToken);

        Assert.That(response.Metrics[0]["train/loss"], Is.EqualTo(0.5));
        Assert.That(server.Request.Target, Does.StartWith("/v1/fine-tunes/ft-1/metrics?global_step_from=1&global_step_to=10&logged_at_from=2026-05-01T09").And.EndsWith("resolution=100"));
    }

    [TestCase("""{"estimation_available":true,"estimated_total_price":1.5,"allowed_to_proceed":true}""", 1.5, null)]
    [TestCase("""{"estimation_available":false,"unavailable_reason":"train_file_not_validated"}""", null, "train_file_not_validated")]
    [TestCase("""{"estimated_total_price":1.5}""", 1.5, null)]
    public async Task Estimate_is_read_in_each_form(string response, double? price, string? reason)
    {
        await using var server = RawServer.Answering(Answers.Of(200, response));
        using var client = Clients.ForAll(server);

        var estimate = await client.FineTuning.CreateEstimateAsync(new FineTuningEstimateRequest("file-1"));

        Assert.That(((double?)estimate.EstimatedTotalPrice, estimate.UnavailableReason?.Value), Is.EqualTo((price, reason)));
    }

    [Test]
    public async Task Events_are_given_once_each_until_the_job_has_ended()
    {
        await using var server = RawServer.Answering(Job("pending"), Events("job_pending"), Job("running"), Events("job_pending", "job_start", "training_start"), Job("running"), Events("job_pending", "job_start", "training_start"), Job("completed"), Events("job_pending", "job_start", "training_start", "job_complete"));
        using var client = ClientOf(server);

        var events = await client.FineTuning.WaitForEventsAsync("ft-1").Select(each => each.Type?.Value).ToListAsync();

        Assert.That(events, Is.EqualTo(new[] { "job_pending", "job_start", "training_start", "job_complete" }));
    }

    [TestCase("error")]
    [TestCase("user_error")]
    [TestCase("cancelled")]
    public async Task Job_that_fails_throws_after_its_events(string status)
    {
        await using var server = RawServer.Answering(Job("running"), Events("job_start"), Job(status), Events("job_start", "job_error"));
        using var client = ClientOf(server);
        var events = new List<string?>();

        var exception = await Failures.Of<TogetherAIJobException>(async () =>
        {
            await foreach (var each in client.FineTuning.WaitForEventsAsync("ft-1"))
            {
                events.Add(each.Type?.Value);
            }
        });

        Assert.That((exception.Status, string.Join(' ', events)), Is.EqualTo((status, "job_start job_error")));
    }

    [Test]
    public async Task Wait_ends_with_the_job()
    {
        await using var server = RawServer.Answering(Job("queued"), Job("cancel_requested"), Job("compressing"), Job("uploading"), Job("completed"));
        using var client = ClientOf(server);

        var job = await client.FineTuning.WaitAsync("ft-1");

        Assert.That((job.Status, server.Requests.Count), Is.EqualTo((FineTuningStatus.Completed, 5)));
    }

    [Test]
    public async Task Download_gives_the_bytes_of_the_weights(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, "weights", "application/octet-stream"));
        using var client = Clients.ForAll(server);

        using var download = await client.FineTuning.DownloadAsync(new FineTuningDownloadRequest("ft-1") { Checkpoint = FineTuningDownloadType.Adapter, CheckpointStep = 10 }, cancellationToken: cancellationToken);
        using var reader = new StreamReader(download.Content);

        Assert.That(await reader.ReadToEndAsync(cancellationToken), Is.EqualTo("weights"));
        Assert.That(server.Request.Target, Is.EqualTo("/v1/finetune/download?ft_id=ft-1&checkpoint_step=10&checkpoint=adapter"));
    }

    private static TogetherAIClient ClientOf(RawServer server, int retries = 0)
        => new(Clients.Options(server.Url, options => (options.TimeProvider, options.MaxRetries) = (new InstantTime(), retries)));

    private static string Job(string status) => Answers.Of(200, $$"""{"id":"ft-1","status":"{{status}}"}""");

    private static string Events(params string[] types)
        => Answers.Of(200, $$"""{"data":[{{string.Join(',', types.Select(type => $$"""{"object":"fine-tune-event","created_at":"2026-05-01T09:00:00Z","message":"{{type}}","type":"{{type}}"}"""))}}]}""");
}
