using System.Text;
using Microsoft.Extensions.Time.Testing;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>Fine-tuning jobs of the local server, which go through their states on its clock, and the commands for them.</summary>
[CancelAfter(60_000)]
public sealed class FineTuningTests
{
    private const string Examples = """
        {"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}
        {"messages":[{"role":"user","content":"c"},{"role":"assistant","content":"d"}]}
        """;

    [Test]
    public async Task Job_goes_through_its_states_on_the_clock()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time);
        using var client = ClientOf(server);
        var created = await client.FineTuning.CreateAsync(new FineTuningRequest(await UploadAsync(client), "m") { EpochCount = 2, Suffix = "pirate" });
        var states = new List<string>();

        for (var second = 0; second < 15; second++)
        {
            var job = await client.FineTuning.RetrieveAsync(created.Id);
            states.Add(job.Status!.Value);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var end = await client.FineTuning.WaitAsync(created.Id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(states.Distinct(), Is.EqualTo(new[] { "pending", "queued", "running", "compressing", "uploading", "completed" }));
            Assert.That((end.EpochsCompleted, end.TrainingFileLineCount, end.EpochCount, end.BatchSize?.Word), Is.EqualTo(((int?)2, (long?)2, (int?)2, "max")));
            Assert.That(end.ModelOutputName, Does.StartWith("local/m-pirate-"));
            Assert.That(end.UpdatedAt - end.CreatedAt, Is.EqualTo(TimeSpan.FromSeconds(11)));
            Assert.That(end.Progress!.TimeRemaining, Is.EqualTo(TimeSpan.Zero));
        }
    }

    [Test]
    public async Task Events_checkpoints_and_metrics_are_those_of_the_steps()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time);
        using var client = ClientOf(server);
        var id = (await client.FineTuning.CreateAsync(new FineTuningRequest(await UploadAsync(client), "m") { EpochCount = 2, CheckpointCount = 2 })).Id;
        time.Advance(TimeSpan.FromMinutes(1));

        var events = await client.FineTuning.WaitForEventsAsync(id).ToListAsync();
        var checkpoints = await client.FineTuning.ListCheckpointsAsync(id);
        var metrics = await client.FineTuning.RetrieveMetricsAsync(id);
        var some = await client.FineTuning.RetrieveMetricsAsync(id, new FineTuningRetrieveMetricsRequest { GlobalStepFrom = 2, GlobalStepTo = 3 });
        var few = await client.FineTuning.RetrieveMetricsAsync(id, new FineTuningRetrieveMetricsRequest { Resolution = 2 });
        var late = await client.FineTuning.RetrieveMetricsAsync(id, new FineTuningRetrieveMetricsRequest { LoggedAtFrom = events[0].CreatedAt + TimeSpan.FromSeconds(8) });

        using (Assert.EnterMultipleScope())
        {
            Assert.That((events[0].Type, events[^1].Type), Is.EqualTo((FineTuningEventType.JobPending, FineTuningEventType.JobComplete)));
            Assert.That(checkpoints.Data.Select(each => (each.Step, each.CheckpointType)), Is.EqualTo(new[] { ((int?)2, FineTuningCheckpointType.Intermediate), (4, FineTuningCheckpointType.Final) }));
            Assert.That(metrics.Metrics.Select(each => each["global_step"]), Is.EqualTo(new[] { 1, 2, 3, 4 }));
            Assert.That(metrics.Metrics.Select(each => each["train/loss"]), Is.Ordered.Descending);
            Assert.That(some.Metrics.Select(each => each["global_step"]), Is.EqualTo(new[] { 2, 3 }));
            Assert.That(few.Metrics.Select(each => each["global_step"]), Is.EqualTo(new[] { 2, 4 }));
            Assert.That(late.Metrics.Select(each => each["global_step"]), Is.EqualTo(new[] { 3, 4 }));
        }
    }

    [Test]
    public async Task Job_is_cancelled_and_deleted()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time);
        using var client = ClientOf(server);
        var id = (await client.FineTuning.CreateAsync(new FineTuningRequest(await UploadAsync(client), "m"))).Id;
        time.Advance(TimeSpan.FromSeconds(3));

        var asked = await client.FineTuning.CancelAsync(id);
        time.Advance(TimeSpan.FromSeconds(1));
        var exception = await Assert.ThrowsAsync<TogetherAIJobException>(() => client.FineTuning.WaitAsync(id));
        var again = await Assert.ThrowsAsync<TogetherAIInvalidRequestException>(() => client.FineTuning.CancelAsync(id));
        var deleted = await client.FineTuning.DeleteAsync(id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((asked.Status, exception!.Status), Is.EqualTo((FineTuningStatus.CancelRequested, "cancelled")));
            Assert.That(again!.Message, Does.Contain("already ended with the status cancelled"));
            Assert.That(deleted.Message, Does.Contain(id));
            Assert.That((await client.FineTuning.ListAsync()).Data, Is.Empty);
        }
    }

    [TestCase("""{"nothing":1}""", "neither messages, prompt and completion")]
    [TestCase("""{"text":"a"}""" + "\n" + """{"messages":[]}""", "another format (conversation) than the lines before (general)")]
    public async Task Job_of_a_file_in_no_known_format_ends_with_the_reason(string examples, string reason)
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time);
        using var client = ClientOf(server);
        var file = await UploadAsync(client, examples);
        var id = (await client.FineTuning.CreateAsync(new FineTuningRequest(file, "m"))).Id;
        time.Advance(TimeSpan.FromMinutes(1));

        var events = await client.FineTuning.ListEventsAsync(id);
        var estimate = await client.FineTuning.CreateEstimateAsync(new FineTuningEstimateRequest(file));
        var exception = await Assert.ThrowsAsync<TogetherAIJobException>(() => client.FineTuning.WaitAsync(id));

        Assert.That(exception!.Status, Is.EqualTo("user_error"));
        Assert.That((events.Data[^1].Type, events.Data[^1].Level), Is.EqualTo((FineTuningEventType.JobError, FineTuningEventLevel.Error)));
        Assert.That(events.Data[^1].Message, Does.Contain(reason));
        Assert.That((estimate.IsEstimateAvailable, estimate.UnavailableReason), Is.EqualTo(((bool?)false, FineTuningEstimateReason.TrainingFileInvalid)));
    }

    [Test]
    public async Task Job_that_an_earlier_version_kept_is_found()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            // Written by Newtonsoft.Json, null included.
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "ft-1.fine-tuning.json"),
                """{"Job":{"id":"ft-1","training_file":"file-1","model":"m","n_epochs":2,"status":"pending","created_at":"2026-05-01T09:00:00Z","validation_file":null,"later":1},"StepsPerEpoch":3,"Fault":null,"CancelledAt":"2026-05-01T09:00:01+00:00"}""");
            await using var server = await StartAsync(TimeProvider.System, folder.FullName);
            using var client = ClientOf(server);

            var job = await client.FineTuning.RetrieveAsync("ft-1");

            Assert.That((job.EpochCount, job.Status, job.AdditionalProperties["later"].ToString()), Is.EqualTo(((int?)2, FineTuningStatus.Cancelled, "1")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task Invalid_parameters_are_refused_by_name()
    {
        await using var server = await StartAsync(TimeProvider.System);
        using var client = ClientOf(server);
        var file = await UploadAsync(client);
        var requests = new (FineTuningRequest Request, string Parameter)[]
        {
            (new FineTuningRequest("file-0", "m"), "training_file"),
            (new FineTuningRequest(file, "m") { ValidationFile = "file-0" }, "validation_file"),
            (new FineTuningRequest(file, TogetherAILocalServerOptions.MissingModel), "model"),
            (new FineTuningRequest(file, "m") { EpochCount = 0 }, "n_epochs"),
            (new FineTuningRequest(file, "m") { CheckpointCount = 0 }, "n_checkpoints"),
            (new FineTuningRequest(file, "m") { BatchSize = "huge" }, "batch_size"),
            (new FineTuningRequest(file, "m") { BatchSize = 0 }, "batch_size"),
            (new FineTuningRequest(file, "m") { TrainingType = new FineTuningTrainingType(FineTuningWeightsType.Lora) }, "training_type"),
            (new FineTuningRequest(file, "m") { TrainingMethod = new FineTuningMethod(new FineTuningMethodType("magic")) }, "training_method"),
        };

        foreach (var (request, parameter) in requests)
        {
            var exception = await Assert.CatchAsync<TogetherAIException>(() => client.FineTuning.CreateAsync(request));
            Assert.That(exception!.Parameter, Is.EqualTo(parameter), exception.Message);
        }
    }

    [Test]
    public async Task Estimate_preview_limits_and_data_are_told()
    {
        await using var server = await StartAsync(TimeProvider.System);
        using var client = ClientOf(server);
        var file = await UploadAsync(client);
        var id = (await client.FineTuning.CreateAsync(new FineTuningRequest(file, "m"))).Id;

        var estimate = await client.FineTuning.CreateEstimateAsync(new FineTuningEstimateRequest(file) { EpochCount = 2 });
        var preview = await client.FineTuning.CreatePreviewAsync(new FineTuningPreviewRequest("m", file) { TopK = 1 });
        var limits = await client.FineTuning.RetrieveLimitsAsync(new FineTuningRetrieveLimitsRequest("m"));
        var data = await client.FineTuning.RetrieveTokenizedDatasetAsync(id);
        using var http = new HttpClient();
        var rows = await http.GetStringAsync(new Uri(data.Url!));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((estimate.IsEstimateAvailable, estimate.EstimatedTrainingTokenCount > 10), Is.EqualTo(((bool?)true, true)));
            Assert.That((preview.DatasetFormat, preview.Rows.Count), Is.EqualTo(("conversation", 1)));
            Assert.That(string.Concat(preview.Rows[0].Tokens), Is.EqualTo(Examples.Split('\n')[0].TrimEnd('\r')));
            Assert.That((limits.ModelName, limits.LoraTraining!.MaxRank), Is.EqualTo(("m", (int?)64)));
            Assert.That(rows.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2).And.All.StartsWith("{\"input_ids\":["));
        }
    }

    [Test]
    public async Task Jobs_of_a_folder_are_found_again_without_secrets()
    {
        var folder = Directory.CreateTempSubdirectory("together-");
        try
        {
            var time = new FakeTimeProvider();
            string id;
            await using (var first = await StartAsync(time, folder.FullName))
            {
                using var client = ClientOf(first);
                id = (await client.FineTuning.CreateAsync(new FineTuningRequest(await UploadAsync(client), "m") { WandbApiKey = "wandb-secret", HuggingFaceApiToken = "hf-secret" })).Id;
            }

            time.Advance(TimeSpan.FromMinutes(1));
            await using var second = await StartAsync(time, folder.FullName);
            using var again = ClientOf(second);

            Assert.That((await again.FineTuning.RetrieveAsync(id)).Status, Is.EqualTo(FineTuningStatus.Completed));
            Assert.That(folder.EnumerateFiles().Select(file => File.ReadAllText(file.FullName)), Has.None.Contains("-secret"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task Tool_creates_follows_lists_downloads_and_deletes()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time);
        using var client = ClientOf(server);
        var file = await UploadAsync(client);
        string[] connection = ["--api-url", server.Url.AbsoluteUri];
        var weights = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        var created = await RunAsync("create", "--training-file", file, "--model", "m", "--n-epochs", "2", "--batch-size", "8", "--training-type", """{"type":"Full"}""");
        var id = created.Output.Trim();
        var early = await RunAsync("download", id, "-o", weights);
        time.Advance(TimeSpan.FromMinutes(1));
        var followed = await RunAsync("events", id, "--follow");
        var listed = await RunAsync("list");
        var shown = await RunAsync("status", id, "--json");
        var checkpoints = await RunAsync("checkpoints", id);
        var metrics = await RunAsync("metrics", id, "--to-step", "2");
        var limits = await RunAsync("limits", "m");
        var estimate = await RunAsync("estimate", "--training-file", file);
        var preview = await RunAsync("preview", "--training-file", file, "--model", "m", "--top-k", "1");
        var downloaded = await RunAsync("download", id, "-o", weights);
        var deleted = await RunAsync("delete", id);
        var missing = await RunAsync("create", "--model", "m");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(id, Does.StartWith("ft-"), created.Log);
            Assert.That((early.ExitCode, early.Log), Is.EqualTo((ExitCodes.Failed, early.Log)));
            Assert.That(early.Log, Does.Contain("no checkpoint yet"));
            Assert.That(followed.Output.TrimEnd('\n').Split('\n')[^1], Does.Contain("\tjob_complete\t").And.EndsWith("The job was completed."));
            Assert.That(listed.Output, Does.StartWith($"{id}\tcompleted\t"));
            Assert.That(shown.Output, Does.Contain("\"batch_size\": 8").And.Contain("\"type\": \"Full\"").And.Contain("\"n_epochs\": 2"));
            Assert.That(checkpoints.Output, Does.StartWith("4\tFinal\t"));
            Assert.That(metrics.Output.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(2).And.All.Contains("\"train/loss\""));
            Assert.That(limits.Output, Does.Contain("\"model_name\": \"m\""));
            Assert.That(estimate.Output, Is.EqualTo("0\n"));
            Assert.That(preview.Output, Does.StartWith("[\"{\""));
            Assert.That((downloaded.Output, new FileInfo(weights).Length > 500), Is.EqualTo((weights + "\n", true)), downloaded.Log);
            Assert.That(deleted.Output, Is.EqualTo($"The job {id} was deleted.\n"));
            Assert.That((missing.ExitCode, missing.Log), Is.EqualTo((ExitCodes.Usage, "together: Option '--training-file' is required.\n")));
        }

        File.Delete(weights);

        Task<ToolResult> RunAsync(params string[] arguments) => InProcessTool.RunAsync(CancellationToken.None, ["fine-tune", .. arguments, .. connection]);
    }

    private static Task<TogetherAILocalServer> StartAsync(TimeProvider time, string? folder = null)
        => TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TimeProvider = time, DataFolder = folder });

    private static async Task<string> UploadAsync(TogetherAIClient client, string examples = Examples)
        => (await client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromBytes(Encoding.UTF8.GetBytes(examples), "a.jsonl"), FilePurpose.FineTune))).Id;

    private static TogetherAIClient ClientOf(TogetherAILocalServer server) => new(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "key", MaxRetries = 0 });
}
