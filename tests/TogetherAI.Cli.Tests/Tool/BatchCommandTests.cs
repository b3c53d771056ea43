using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TogetherAI.Cli.Batches;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Tool;

/// <summary><c>together batch</c>: requests of a file, as batches or as ordinary calls, whose answers are never lost nor paid for twice.</summary>
[CancelAfter(60_000)]
public sealed class BatchCommandTests
{
    private DirectoryInfo _folder = null!;

    private string Requests => Path.Combine(_folder.FullName, "requests.jsonl");

    private string Answers => Path.Combine(_folder.FullName, "answers.jsonl");

    private string State => Answers + ".batch";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("together-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [TestCase]
    [TestCase("--now")]
    public async Task Run_writes_an_answer_for_each_request_and_a_second_run_sends_nothing(params string[] way)
    {
        await using var server = await TogetherAILocalServer.StartAsync();
        using var client = ClientOf(server);
        Write("a", "b", "c");

        var first = await RunAsync(server, way);
        var written = await File.ReadAllTextAsync(Answers);
        var batches = await client.Batches.ListAsync();
        var second = await RunAsync(server, way);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.ExitCode, first.Output), Is.EqualTo((ExitCodes.Success, Answers + "\n")), first.Log);
            Assert.That(Answered(), Is.EquivalentTo(new[] { ("a", true), ("b", true), ("c", true) }));
            Assert.That(File.Exists(State), Is.False);
            Assert.That((second.ExitCode, await File.ReadAllTextAsync(Answers)), Is.EqualTo((ExitCodes.Success, written)), second.Log);
            Assert.That((await client.Batches.ListAsync()).Data, Has.Count.EqualTo(batches.Data.Count));
            Assert.That(batches.Data, Has.Count.EqualTo(way.Length == 0 ? 1 : 0));
        }
    }

    [TestCase]
    [TestCase("--now")]
    public async Task Request_that_fails_is_told_and_alone_sent_again(params string[] way)
    {
        await using var server = await TogetherAILocalServer.StartAsync();
        Write("a", "b");
        await File.AppendAllTextAsync(Requests, Line("c", TogetherAILocalServerOptions.MissingModel));

        var first = await RunAsync(server, [.. way, "--json"]);
        var answered = Answered();
        Write("a", "b", "c");
        var second = await RunAsync(server, way);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.ExitCode, Is.EqualTo(ExitCodes.Failed));
            Assert.That(first.Log, Does.Contain("1 of 3 requests have no response, of which 1 failed."));
            Assert.That(first.Output, Does.Contain("\"succeeded\": 2").And.Contain("\"failed\": 1"));
            Assert.That(answered, Is.EquivalentTo(new[] { ("a", true), ("b", true), ("c", false) }));
            Assert.That(second.ExitCode, Is.EqualTo(ExitCodes.Success), second.Log);
            Assert.That(Answered(), Is.EqualTo(answered.Where(answer => answer.IsSuccess).Append(("c", true))).AsCollection);
        }
    }

    [Test]
    public async Task Run_that_is_killed_is_continued_with_the_same_batch(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TimeProvider = time, BatchRequestInterval = TimeSpan.FromHours(1) }, cancellationToken);
        using var client = ClientOf(server);
        Write("a", "b");

        using (ToolProcess.Start(["batch", "run", Requests, "-o", Answers, "--api-url", server.Url.AbsoluteUri]))
        {
            await Eventually.TrueAsync(() => File.Exists(State) && File.ReadAllText(State).Contains("\"IsComplete\": true", StringComparison.Ordinal), cancellationToken);
            await Eventually.TrueAsync(async () => (await client.Batches.ListAsync(cancellationToken: cancellationToken)).Data.Single().Progress == 50, cancellationToken);
        }

        time.Advance(TimeSpan.FromHours(2));
        var second = await RunAsync(server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.ExitCode, Is.EqualTo(ExitCodes.Success), second.Log);
            Assert.That(Answered(), Is.EquivalentTo(new[] { ("a", true), ("b", true) }));
            Assert.That((await client.Batches.ListAsync(cancellationToken: cancellationToken)).Data, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Batch_that_was_created_when_the_run_was_killed_is_found_by_its_file()
    {
        await using var server = await TogetherAILocalServer.StartAsync();
        using var client = ClientOf(server);
        Write("a", "b");
        var requests = await RequestFile.OpenAsync(Requests, CancellationToken.None);
        var file = await client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromFile(Requests), FilePurpose.BatchApi));
        await client.Batches.CreateAsync(new BatchRequest(BatchEndpoint.ChatCompletions, file.Id));
        new BatchState { Requests = requests.Hash, Parts = { new BatchPart { Count = 2, LastLine = 2, FileId = file.Id } } }.Save(Answers);

        var run = await RunAsync(server);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Success), run.Log);
        Assert.That(Answered(), Is.EquivalentTo(new[] { ("a", true), ("b", true) }));
        Assert.That((await client.Batches.ListAsync()).Data, Has.Count.EqualTo(1));
    }

    [TestCase("""{"custom_id":"b","response":{"status_code":200,"bo""")]
    [TestCase("""{"custom_id":"b","error":{"message":"x"}}""" + "\n")]
    [TestCase("")]
    public async Task Direct_run_keeps_the_answers_that_there_are_and_asks_for_the_rest(string end)
    {
        const string Kept = """{"custom_id":"a","response":{"status_code":200,"body":{"kept":true}}}""";
        await using var server = await TogetherAILocalServer.StartAsync();
        Write("a", "b", "c");
        await File.WriteAllTextAsync(Answers, Kept + (end.Length > 0 ? "\n" + end : ""));

        var run = await RunAsync(server, "--now");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Success), run.Log);
        Assert.That(Answered(), Is.EquivalentTo(new[] { ("a", true), ("b", true), ("c", true) }));
        Assert.That((await File.ReadAllLinesAsync(Answers))[0], Is.EqualTo(Kept));
    }

    [Test]
    public async Task Direct_run_waits_as_long_as_the_server_says_and_loses_nothing()
    {
        var faults = new TogetherAILocalServerFaults { Rates = { [TogetherAILocalServerFault.RateLimit] = 0.2 }, RateLimitBurst = 2, RateLimitReset = TimeSpan.FromMilliseconds(1) };
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { Faults = faults });
        var ids = Enumerable.Range(0, 12).Select(i => $"r-{i}").ToArray();
        Write(ids);

        var run = await RunAsync(server, "--now", "--concurrency", "4");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Success), run.Log);
        Assert.That(Answered(), Is.EquivalentTo(ids.Select(id => (id, true))));
    }

    [Test]
    public async Task Direct_run_ends_at_once_where_no_request_can_succeed()
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { ApiKey = "other" });
        Write("a", "b");

        var run = await RunAsync(server, "--now");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(await File.ReadAllTextAsync(Answers), Is.Empty);
    }

    [Test]
    public async Task Model_of_the_command_line_is_that_of_requests_without_one()
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { Models = ["only"] });
        await File.WriteAllTextAsync(Requests, """{"custom_id":"a","body":{"messages":[{"role":"user","content":"a"}]}}""");

        var batch = await RunAsync(server, "--model", "only");
        File.Delete(Answers);
        var direct = await RunAsync(server, "--now", "--model", "only");

        Assert.That((batch.ExitCode, direct.ExitCode), Is.EqualTo((ExitCodes.Success, ExitCodes.Success)), batch.Log + direct.Log);
        Assert.That(Answered(), Is.EqualTo(new[] { ("a", true) }));
    }

    [TestCase("nonsense", "Line 2 of PATH is invalid: it is no JSON object.")]
    [TestCase("""{"custom_id":"a","body":{}}""", "Line 2 of PATH is invalid: its custom_id a is that of another line.")]
    [TestCase("""{"body":{}}""", "Line 2 of PATH is invalid: it needs a custom_id, a text of 1 to 64 characters.")]
    [TestCase("""{"custom_id":"b"}""", "Line 2 of PATH is invalid: it needs a body, the request as an object.")]
    [TestCase("""{"custom_id":"b","body":{"stream":true}}""", "Line 2 of PATH is invalid: its request cannot be streamed.")]
    public async Task Invalid_line_is_named_before_anything_is_sent(string line, string message)
    {
        await using var server = await TogetherAILocalServer.StartAsync();
        using var client = ClientOf(server);
        Write("a");
        await File.AppendAllTextAsync(Requests, line);

        var run = await RunAsync(server);

        Assert.That((run.ExitCode, run.Log), Is.EqualTo((ExitCodes.Usage, $"together: {message.Replace("PATH", Requests, StringComparison.Ordinal)}\n")));
        Assert.That((await client.Files.ListAsync()).Data, Is.Empty);
    }

    [Test]
    public async Task Output_with_something_else_is_refused_and_kept()
    {
        await using var server = await TogetherAILocalServer.StartAsync();
        Write("a");
        await File.WriteAllTextAsync(Answers, "my notes\nmore\n");

        var run = await RunAsync(server, "--now");

        Assert.That((run.ExitCode, await File.ReadAllTextAsync(Answers)), Is.EqualTo((ExitCodes.Usage, "my notes\nmore\n")), run.Log);
        Assert.That(_folder.EnumerateFiles("*.part"), Is.Empty);
    }

    [Test]
    public async Task State_of_other_requests_is_refused()
    {
        await using var server = await TogetherAILocalServer.StartAsync();
        Write("a");
        new BatchState { Requests = "other" }.Save(Answers);

        var run = await RunAsync(server);

        Assert.That((run.ExitCode, run.Log), Is.EqualTo((ExitCodes.Usage, run.Log)));
        Assert.That(run.Log, Does.Contain("other requests are being processed").And.Contain(State));
    }

    [Test]
    public async Task Very_many_requests_become_several_batches()
    {
        await using var server = await TogetherAILocalServer.StartAsync();
        using var client = ClientOf(server);
        Write("a", "b", "c", "d", "e");
        var requests = await RequestFile.OpenAsync(Requests, CancellationToken.None);
        using (var answers = await ResponseFile.OpenAsync(Answers, CancellationToken.None))
        {
            var run = new BatchRun(client, new TogetherAIRequestOptions(), new BatchRunOptions(), requests, answers, BatchState.Load(Answers, requests), new ProgressLine(_ => { }, bar: null)) { MaxLines = 2 };

            await run.RunAsync(CancellationToken.None);
        }

        Assert.That(Answered().Select(answer => answer.Id), Is.EquivalentTo(new[] { "a", "b", "c", "d", "e" }));
        Assert.That((await client.Batches.ListAsync()).Data, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Batches_are_listed_shown_and_cancelled()
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TimeProvider = new FakeTimeProvider(), BatchRequestInterval = TimeSpan.FromHours(1) });
        using var client = ClientOf(server);
        Write("a", "b");
        var file = await client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromFile(Requests), FilePurpose.BatchApi));
        var id = (await client.Batches.CreateAsync(new BatchRequest(BatchEndpoint.ChatCompletions, file.Id))).Job!.Id;
        string[] connection = ["--api-url", server.Url.AbsoluteUri];

        var listed = await InProcessTool.RunAsync(CancellationToken.None, ["batch", "list", .. connection]);
        var cancelled = await InProcessTool.RunAsync(CancellationToken.None, ["batch", "cancel", id, "--json", .. connection]);
        var shown = await InProcessTool.RunAsync(CancellationToken.None, ["batch", "status", id, .. connection]);
        var missing = await InProcessTool.RunAsync(CancellationToken.None, ["batch", "status", "b-0", .. connection]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed.Output, Does.StartWith(id + "\t"));
            Assert.That(cancelled.Output, Does.Contain("\"status\": \"CANCELLED\""));
            Assert.That(shown.Output, Does.StartWith($"{id}\tCANCELLED\t"));
            Assert.That((missing.ExitCode, missing.Log), Is.EqualTo((ExitCodes.Failed, missing.Log)));
            Assert.That(missing.Log, Does.Contain("no batch b-0"));
        }
    }

    [Test]
    public async Task Gate_holds_back_all_calls_until_the_server_takes_them()
    {
        var time = new FakeTimeProvider();
        var gate = new RateGate(time);
        await gate.WaitAsync(CancellationToken.None);

        gate.Close(TimeSpan.FromSeconds(7));
        var waits = Enumerable.Range(0, 3).Select(_ => gate.WaitAsync(CancellationToken.None)).ToList();
        time.Advance(TimeSpan.FromSeconds(6));
        var early = waits.Any(wait => wait.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(waits);

        Assert.That(early, Is.False);
    }

    private static string Line(string id, string model = "m") => $$$"""{"custom_id":"{{{id}}}","body":{"model":"{{{model}}}","messages":[{"role":"user","content":"{{{id}}}"}]}}""" + "\n";

    private static TogetherAIClient ClientOf(TogetherAILocalServer server) => new(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "key", MaxRetries = 0 });

    private void Write(params string[] ids) => File.WriteAllText(Requests, string.Concat(ids.Select(id => Line(id))));

    private List<(string Id, bool IsSuccess)> Answered()
    {
        var answers = new List<(string, bool)>();
        foreach (var line in File.ReadAllLines(Answers))
        {
            using var json = JsonDocument.Parse(line);
            answers.Add((json.RootElement.GetProperty("custom_id").GetString()!, json.RootElement.TryGetProperty("response", out _)));
        }

        return answers;
    }

    private Task<ToolResult> RunAsync(TogetherAILocalServer server, params string[] more)
        => InProcessTool.RunAsync(CancellationToken.None, ["batch", "run", Requests, "-o", Answers, "--api-url", server.Url.AbsoluteUri, .. more]);
}
