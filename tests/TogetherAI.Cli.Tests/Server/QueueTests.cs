using Microsoft.Extensions.Time.Testing;
using Newtonsoft.Json.Linq;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>Queued jobs and jobs of model uploads, which go through their statuses as time passes.</summary>
public sealed class QueueTests
{
    private static readonly TogetherAIWaitOptions Fast = new() { Interval = TimeSpan.FromSeconds(1), IntervalGrowth = 1 };

    private TimedServer _server = null!;

    private FakeTimeProvider Time => _server.Time;

    private TogetherAIClient Client => _server.Client;

    [SetUp]
    public async Task Start() => _server = await TimedServer.StartAsync();

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test, CancelAfter(30_000)]
    public async Task Job_waits_runs_and_ends(CancellationToken cancellationToken)
    {
        var request = await SubmitAsync(new JObject { ["prompt"] = "a" }, cancellationToken);
        var pending = await Client.Queue.RetrieveAsync(request, cancellationToken: cancellationToken);
        var waiting = await Client.Queue.RetrieveMetricsAsync(new QueueRetrieveMetricsRequest("m"), cancellationToken: cancellationToken);
        Time.Advance(TimeSpan.FromSeconds(1));
        var running = await Client.Queue.RetrieveAsync(request, cancellationToken: cancellationToken);
        var working = await Client.Queue.RetrieveMetricsAsync(new QueueRetrieveMetricsRequest("m"), cancellationToken: cancellationToken);
        Time.Advance(TimeSpan.FromSeconds(1));
        var done = await Client.Queue.WaitAsync(request, wait: Fast, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((pending.Status, pending.IsFinished, running.Status, done.Status, done.IsFinished), Is.EqualTo((QueueStatus.Pending, false, QueueStatus.Running, QueueStatus.Done, true)));
            Assert.That((waiting.WaitingCount, waiting.RunningCount, working.WaitingCount, working.RunningCount, working.TotalCount), Is.EqualTo(((int?)1, (int?)0, (int?)0, (int?)1, (int?)1)));
            Assert.That((string?)done.Outputs!["inputs"]!["prompt"], Is.EqualTo("a"));
            Assert.That(done.DoneAt - done.CreatedAt, Is.EqualTo(TimeSpan.FromSeconds(2)));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Job_that_fails_ends_the_wait(CancellationToken cancellationToken)
    {
        var request = await SubmitAsync(new JObject { ["fail"] = true }, cancellationToken);
        Time.Advance(TimeSpan.FromSeconds(2));

        Assert.That(
            async () => await Client.Queue.WaitAsync(request, wait: Fast, cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIJobException>().With.Property(nameof(TogetherAIJobException.Status)).EqualTo("failed"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Job_is_cancelled_while_it_waits(CancellationToken cancellationToken)
    {
        var (first, second) = (await SubmitAsync([], cancellationToken), await SubmitAsync([], cancellationToken));

        var cancelled = await Client.Queue.CancelAsync(new QueueCancelRequest("m", first.RequestId), cancellationToken: cancellationToken);
        Time.Advance(TimeSpan.FromSeconds(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(cancelled.Status, Is.EqualTo(QueueStatus.Cancelled));
            Assert.That((await Client.Queue.RetrieveAsync(first, cancellationToken: cancellationToken)).Status, Is.EqualTo(QueueStatus.Cancelled));
            Assert.That(
                async () => await Client.Queue.CancelAsync(new QueueCancelRequest("m", second.RequestId), cancellationToken: cancellationToken),
                Throws.InstanceOf<TogetherAIException>().With.Property(nameof(TogetherAIException.StatusCode)).EqualTo(System.Net.HttpStatusCode.Conflict));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Error_is_flat(CancellationToken cancellationToken)
    {
        using var response = await PlainHttp.PostToAsync(_server.Server, "v1/queue/submit", """{"model":"m","payload":[]}""", cancellationToken);

        var body = await PlainHttp.JsonAsync(response, cancellationToken);
        Assert.That(((int)response.StatusCode, (string?)body["message"], (string?)body["param"]), Is.EqualTo((400, "payload must be an object.", "payload")));
        Assert.That(
            async () => await Client.Queue.RetrieveAsync(new QueueRetrieveRequest("none", "m"), cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAINotFoundException>().With.Message.Contains("no such job"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Model_upload_goes_through_its_statuses(CancellationToken cancellationToken)
    {
        var upload = await Client.Models.UploadAsync(new ModelUploadRequest("mine", "org/model") { Description = "d" }, cancellationToken: cancellationToken);
        var queued = await Client.Models.RetrieveJobAsync(upload.Data!.JobId!, cancellationToken: cancellationToken);
        Time.Advance(TimeSpan.FromSeconds(3));
        var complete = await Client.Models.WaitJobAsync(upload.Data.JobId!, wait: Fast, cancellationToken: cancellationToken);
        var listed = await Client.Models.ListJobsAsync(cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((queued.Status, queued.IsFinished), Is.EqualTo((ModelJobStatus.Queued, false)));
            Assert.That(complete.StatusUpdates.Select(update => update.Status), Is.EqualTo(new[] { ModelJobStatus.Queued, ModelJobStatus.Running, ModelJobStatus.Complete }));
            Assert.That((complete.Arguments!.ModelName, complete.UpdatedAt - complete.CreatedAt), Is.EqualTo(("mine", TimeSpan.FromSeconds(3))));
            Assert.That(listed.Data.Single().JobId, Is.EqualTo(complete.JobId));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Model_upload_without_a_source_fails(CancellationToken cancellationToken)
    {
        var upload = await Client.Models.UploadAsync(new ModelUploadRequest("mine", TogetherAILocalServerOptions.MissingModel), cancellationToken: cancellationToken);
        Time.Advance(TimeSpan.FromSeconds(2));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                async () => await Client.Models.WaitJobAsync(upload.Data!.JobId!, wait: Fast, cancellationToken: cancellationToken),
                Throws.TypeOf<TogetherAIJobException>().With.Property(nameof(TogetherAIJobException.Status)).EqualTo("Failed"));
            Assert.That(async () => await Client.Models.RetrieveJobAsync("none", cancellationToken: cancellationToken), Throws.TypeOf<TogetherAINotFoundException>());
        }
    }

    private async Task<QueueRetrieveRequest> SubmitAsync(JObject payload, CancellationToken cancellationToken)
    {
        var response = await Client.Queue.CreateAsync(new QueueRequest("m", payload), cancellationToken: cancellationToken);
        return new QueueRetrieveRequest(response.RequestId!, "m");
    }
}
