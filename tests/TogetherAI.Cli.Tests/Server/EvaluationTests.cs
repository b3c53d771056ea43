using Microsoft.Extensions.Time.Testing;
using Newtonsoft.Json.Linq;
using TogetherAI.Cli.Tests.Support;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>Evaluations of the local server, which go through their statuses as time passes.</summary>
public sealed class EvaluationTests
{
    private static readonly TogetherAIWaitOptions Fast = new() { Interval = TimeSpan.FromSeconds(1), IntervalGrowth = 1 };
    private static readonly EvaluationJudge Judge = new("m", "Is it polite?", EvaluationModelSource.External) { ExternalApiToken = "secret-of-the-judge" };

    private TimedServer _server = null!;

    private FakeTimeProvider Time => _server.Time;

    private TogetherAIClient Client => _server.Client;

    [SetUp]
    public async Task Start() => _server = await TimedServer.StartAsync();

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test, CancelAfter(30_000)]
    public async Task Evaluation_goes_through_its_statuses(CancellationToken cancellationToken)
    {
        var parameters = new EvaluationParameters(Judge, await UploadAsync(10, cancellationToken)) { Labels = ["yes", "no"], PassLabels = ["yes"], ModelToEvaluate = "text" };
        var started = await Client.Evaluations.CreateAsync(new EvaluationRequest(EvaluationType.Classify, parameters), cancellationToken: cancellationToken);
        var statuses = new List<string?>();
        for (var second = 0; second < 5; second++, Time.Advance(TimeSpan.FromSeconds(1)))
        {
            statuses.Add((await Client.Evaluations.RetrieveStatusAsync(started.WorkflowId, cancellationToken: cancellationToken)).Status?.Value);
        }

        var job = await Client.Evaluations.WaitAsync(started.WorkflowId, wait: Fast, cancellationToken: cancellationToken);
        await using var result = await Client.Files.DownloadAsync(job.Results!.ResultFileId!, cancellationToken: cancellationToken);
        var lines = await result.ReadLinesAsync(cancellationToken).ToListAsync(cancellationToken);
        var counts = JObject.Parse(job.Results.LabelCounts!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(statuses, Is.EqualTo(new[] { "pending", "queued", "running", "running", "completed" }));
            Assert.That(lines, Has.Count.EqualTo(10));
            Assert.That((int)counts["yes"]! + (int)counts["no"]!, Is.EqualTo(10));
            Assert.That(job.Results.PassPercentage, Is.EqualTo(10.0 * (int)counts["yes"]!).Within(1e-9));
            Assert.That(job.Parameters!.ToString(), Does.Contain("Is it polite?").And.Not.Contain("secret-of-the-judge"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Scores_and_comparisons_have_results_of_their_own(CancellationToken cancellationToken)
    {
        var file = await UploadAsync(30, cancellationToken);
        var score = await Client.Evaluations.CreateAsync(
            new EvaluationRequest(EvaluationType.Score, new EvaluationParameters(Judge, file) { MinScore = 1, MaxScore = 5, PassThreshold = 3, ModelToEvaluate = "text" }), cancellationToken: cancellationToken);
        var compare = await Client.Evaluations.CreateAsync(
            new EvaluationRequest(EvaluationType.Compare, new EvaluationParameters(Judge, file) { FirstModel = "a", SecondModel = "b" }), cancellationToken: cancellationToken);
        Time.Advance(TimeSpan.FromSeconds(4));

        var scores = (await Client.Evaluations.WaitAsync(score.WorkflowId, wait: Fast, cancellationToken: cancellationToken)).Results!.AggregatedScores!;
        var wins = (await Client.Evaluations.WaitAsync(compare.WorkflowId, wait: Fast, cancellationToken: cancellationToken)).Results!;
        var listed = await Client.Evaluations.ListAsync(new EvaluationListRequest { Limit = 1, Status = EvaluationStatus.Completed }, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scores.MeanScore, Is.InRange(1, 5));
            Assert.That(scores.StandardDeviation, Is.InRange(0, 2));
            Assert.That((wins.SampleCount, wins.FirstModelWins + wins.SecondModelWins + wins.Ties), Is.EqualTo(((long?)30, (long?)30)));
            Assert.That(listed.Data.Single().WorkflowId, Is.EqualTo(compare.WorkflowId), "the newest");
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Evaluation_of_a_missing_file_ends_with_its_reason(CancellationToken cancellationToken)
    {
        var parameters = new EvaluationParameters(Judge, "file-none") { FirstModel = "a", SecondModel = "b" };
        var started = await Client.Evaluations.CreateAsync(new EvaluationRequest(EvaluationType.Compare, parameters), cancellationToken: cancellationToken);
        Time.Advance(TimeSpan.FromSeconds(3));

        Assert.That(
            async () => await Client.Evaluations.WaitAsync(started.WorkflowId, wait: Fast, cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIJobException>().With.Message.Contains("The file file-none does not exist").And.Property(nameof(TogetherAIJobException.Status)).EqualTo("user_error"));
    }

    [Test, CancelAfter(30_000)]
    public void Parameters_that_the_type_requires_are_required(CancellationToken cancellationToken)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Refused(EvaluationType.Classify, parameters => parameters.Labels = ["a", "b"]), Is.EqualTo("pass_labels"));
            Assert.That(() => Refused(EvaluationType.Classify, parameters => (parameters.Labels, parameters.PassLabels) = (["a", "b"], ["c"])), Is.EqualTo("pass_labels"));
            Assert.That(() => Refused(EvaluationType.Score, parameters => (parameters.MinScore, parameters.MaxScore, parameters.PassThreshold) = (5, 1, 3)), Is.EqualTo("min_score"));
            Assert.That(() => Refused(EvaluationType.Compare, parameters => parameters.FirstModel = "a"), Is.EqualTo("model_b"));
            Assert.That(() => Refused(new EvaluationType("odd"), static _ => { }), Is.EqualTo("type"));
        }

        async Task<string?> Refused(EvaluationType type, Action<EvaluationParameters> set)
        {
            var parameters = new EvaluationParameters(Judge, "file-none");
            set(parameters);
            try
            {
                await Client.Evaluations.CreateAsync(new EvaluationRequest(type, parameters), cancellationToken: cancellationToken);
                return null;
            }
            catch (TogetherAIInvalidRequestException exception)
            {
                return exception.Parameter;
            }
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Tool_evaluates_a_file(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("together-");
        try
        {
            var path = Path.Combine(folder.FullName, "inputs.jsonl");
            await File.WriteAllTextAsync(path, "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", cancellationToken);
            string[] judge = ["--judge-model", "m", "--judge-template", "Which is better?", "--model-a", "first", "--model-b", "second"];
            string[] connection = ["--api-url", _server.Server.Url.AbsoluteUri];

            var started = await InProcessTool.RunAsync(cancellationToken, ["evaluate", "run", "compare", path, "--no-wait", .. judge, .. connection]);
            var listed = await InProcessTool.RunAsync(cancellationToken, ["evaluate", "list", .. connection]);
            Time.Advance(TimeSpan.FromMinutes(1));
            var waited = await InProcessTool.RunAsync(cancellationToken, ["evaluate", "wait", started.Output.Trim(), .. connection]);
            var refused = await InProcessTool.RunAsync(cancellationToken, ["evaluate", "run", "compare", "/no/such/file", .. judge, .. connection]);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(new[] { started, listed, waited }.Select(result => result.ExitCode), Is.All.EqualTo(ExitCodes.Success));
                Assert.That(listed.Output, Does.StartWith($"{started.Output.Trim()}\tcompare\t"));
                Assert.That((int)JObject.Parse(waited.Output)["num_samples"]!, Is.EqualTo(2));
                Assert.That((refused.ExitCode, refused.Log), Is.EqualTo((ExitCodes.Usage, "together: The file /no/such/file does not exist.\n")));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<string> UploadAsync(int lines, CancellationToken cancellationToken)
    {
        var content = string.Concat(Enumerable.Range(0, lines).Select(line => $"{{\"text\":\"{line}\"}}\n"));
        var request = new FileUploadRequest(FileUpload.FromBytes(System.Text.Encoding.UTF8.GetBytes(content), "a.jsonl"), FilePurpose.Evaluation);
        return (await Client.Files.UploadAsync(request, cancellationToken: cancellationToken)).Id;
    }
}
