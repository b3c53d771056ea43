using Newtonsoft.Json;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Videos;

/// <summary>Waiting for the end of a job.</summary>
[CancelAfter(30_000)]
public sealed class JobWaitTests
{
    [TestCase("queued", false)]
    [TestCase("in_progress", false)]
    [TestCase("a_status_of_next_year", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    [TestCase("completed", true)]
    [TestCase("Completed", true)]
    [TestCase("failed", true)]
    [TestCase("cancelled", true)]
    public void Job_is_finished_only_where_its_status_says_so(string? status, bool isFinished)
    {
        var job = new VideoJob { Id = "v-1", Status = status is null ? null : new VideoStatus(status) };

        Assert.That(job.IsFinished, Is.EqualTo(isFinished));
        Assert.That(JsonConvert.SerializeObject(job), Does.Not.Contain("IsFinished").IgnoreCase);
    }

    [Test]
    public async Task Wait_asks_until_the_job_has_ended_and_tells_of_each_state()
    {
        await using var server = RawServer.Answering(Job("queued"), Job("a_status_of_next_year"), Job("in_progress"), Job("completed"));
        var time = new InstantTime();
        using var client = ClientOf(server, time);
        var states = new List<string?>();

        var job = await client.Videos.WaitAsync("v-1", new Progress(states));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((job.Id, job.Status), Is.EqualTo(("v-1", VideoStatus.Completed)));
            Assert.That(states, Is.EqualTo(new[] { "queued", "a_status_of_next_year", "in_progress", "completed" }));
            Assert.That(server.Requests.Select(request => request.Target), Is.EqualTo(Enumerable.Repeat("/v2/videos/v-1", 4)));
            Assert.That(time.Waits.Where(IsInterval), Is.EqualTo(new[] { 10, 15, 22.5 }.Select(TimeSpan.FromSeconds)));
        }
    }

    [Test]
    public async Task Wait_grows_no_longer_than_it_may()
    {
        await using var server = RawServer.Answering([.. Enumerable.Repeat(Job("queued"), 4), Job("completed")]);
        var time = new InstantTime();
        using var client = ClientOf(server, time);
        var wait = new TogetherAIWaitOptions { Interval = TimeSpan.FromSeconds(20), IntervalGrowth = 2, MaxInterval = TimeSpan.FromSeconds(50) };

        await client.Videos.WaitAsync("v-1", wait: wait);

        Assert.That(time.Waits.Where(IsInterval), Is.EqualTo(new[] { 20, 40, 50, 50 }.Select(seconds => TimeSpan.FromSeconds(seconds))));
    }

    [Test]
    public async Task Wait_that_takes_too_long_is_a_timeout_that_names_the_status()
    {
        await using var server = RawServer.Answering(Job("in_progress"));
        var time = new InstantTime();
        using var client = ClientOf(server, time);
        var wait = new TogetherAIWaitOptions { Timeout = TimeSpan.FromSeconds(31) };

        var exception = await Failures.Of<TogetherAITimeoutException>(() => client.Videos.WaitAsync("v-1", wait: wait));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((exception.Phase, exception.Limit), Is.EqualTo((TogetherAITimeoutPhase.Job, wait.Timeout)));
            Assert.That(exception.Message, Does.Contain("31 s").And.Contain("\"in_progress\""));
            Assert.That(time.Waits.Where(IsInterval).Sum(waited => waited.TotalSeconds), Is.EqualTo(31).Within(0.5));
        }
    }

    [TestCase("failed", ",\"error\":{\"message\":\"The prompt was refused\",\"code\":\"content_policy\"}", "with the status \"failed\": The prompt was refused.", "content_policy")]
    [TestCase("cancelled", "", "with the status \"cancelled\", and gave no reason.", null)]
    [TestCase("failed", ",\"error\":null", "gave no reason.", null)]
    public async Task Wait_for_a_job_that_fails_throws_what_the_server_says(string status, string error, string sentence, string? code)
    {
        await using var server = RawServer.Answering(Job("queued"), Job(status, error));
        using var client = ClientOf(server, new InstantTime());
        var states = new List<string?>();

        var exception = await Failures.Of<TogetherAIJobException>(() => client.Videos.WaitAsync("v-1", new Progress(states)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Message, Does.EndWith(sentence));
            Assert.That((exception.Status, exception.ErrorCode, exception.IsTransient), Is.EqualTo((status, code, false)));
            Assert.That(states, Is.EqualTo(new[] { "queued", status }));
        }
    }

    [Test]
    public async Task Wait_for_a_job_that_fails_keeps_the_key_out_of_what_the_server_says()
    {
        await using var server = RawServer.Answering(Job("failed", $",\"error\":{{\"message\":\"No access with {Clients.Key}\"}}"));
        using var client = ClientOf(server, new InstantTime());

        var exception = await Failures.Of<TogetherAIJobException>(() => client.Videos.WaitAsync("v-1"));

        Assert.That(Reflected.TextsOf(exception), Has.None.Contains(Clients.Key));
    }

    [Test]
    public async Task Wait_that_is_cancelled_between_two_looks_ends_at_once()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = RawServer.Answering(Job("queued"));
        using var client = Clients.ForAll(server);

        await Assert.ThatAsync(
            () => client.Videos.WaitAsync("v-1", new Progress([], cancellation.Cancel), cancellationToken: cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Wait_ends_when_its_client_is_disposed()
    {
        await using var server = RawServer.Answering(Job("queued"));
        var client = Clients.ForAll(server);

        await Assert.ThatAsync(
            () => client.Videos.WaitAsync("v-1", new Progress([], client.Dispose)),
            Throws.InstanceOf<OperationCanceledException>().With.Message.Contains("client was disposed"));
    }

    [Test]
    public async Task Wait_whose_look_fails_throws_that_failure()
    {
        await using var server = RawServer.Answering(Job("queued"), Answers.Of(404, "{\"error\":\"no such job\"}"));
        using var client = ClientOf(server, new InstantTime());

        await Assert.ThatAsync(() => client.Videos.WaitAsync("v-1"), Throws.TypeOf<TogetherAINotFoundException>());
    }

    [TestCase(0, 1, 60, 60, "Interval")]
    [TestCase(10, 0.5, 60, 60, "IntervalGrowth")]
    [TestCase(10, double.NaN, 60, 60, "IntervalGrowth")]
    [TestCase(10, 1, 5, 60, "MaxInterval")]
    [TestCase(10, 1, 60, 0, "Timeout")]
    public async Task Wait_out_of_bounds_is_refused(double interval, double growth, double longest, double limit, string name)
    {
        await using var server = RawServer.Answering(Job("queued"));
        using var client = ClientOf(server, new InstantTime());
        var wait = new TogetherAIWaitOptions
        {
            Interval = TimeSpan.FromSeconds(interval),
            IntervalGrowth = growth,
            MaxInterval = TimeSpan.FromSeconds(longest),
            Timeout = TimeSpan.FromSeconds(limit),
        };

        await Assert.ThatAsync(() => client.Videos.WaitAsync("v-1", wait: wait), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));
        Assert.That(server.Requests, Is.Empty);
    }

    private static TogetherAIClient ClientOf(RawServer server, TimeProvider time)
        => new(Clients.Options(server.Url, options => options.TimeProvider = time));

    private static string Job(string status, string more = "") => Answers.Of(200, $$"""{"id":"v-1","object":"video","status":"{{status}}"{{more}}}""");

    // The timeouts of the calls are waits, too.
    private static bool IsInterval(TimeSpan wait) => wait < TimeSpan.FromSeconds(60);

    private sealed class Progress(List<string?> states, Action? then = null) : IProgress<VideoJob>
    {
        public void Report(VideoJob value)
        {
            states.Add(value.Status?.Value);
            then?.Invoke();
        }
    }
}
