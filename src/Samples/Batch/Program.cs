using System.Text.Json;
using TogetherAI;
using TogetherAI.LocalServer;

// A file with one question per line becomes a batch, and a file with one answer per line.
var questions = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "questions.txt");
var answers = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "answers.jsonl");
var saved = answers + ".batch";

// Without a key, a mock server answers at once.
await using var server = Environment.GetEnvironmentVariable("TOGETHER_API_KEY") is null ? await TogetherAILocalServer.StartAsync() : null;
using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server?.Url });
var options = new BatchRunOptions
{
    // With the ID, the next run continues where this one was interrupted.
    Created = batch => File.WriteAllText(saved, batch.Id),
    Wait = new TogetherAIWaitOptions { Timeout = Timeout.InfiniteTimeSpan, Interval = TimeSpan.FromSeconds(server is null ? 30 : 0.2) },
};

var results = File.Exists(saved)
    ? client.Batches.WaitForResultsAsync(await File.ReadAllTextAsync(saved), options)
    : client.Batches.RunAsync(Requests(), options);
var failures = 0;
await using (var output = new StreamWriter(answers))
{
    await foreach (var result in results)
    {
        failures += result.IsSuccess ? 0 : 1;
        var answer = result.IsSuccess ? result.ReadBody<ChatCompletionResponse>().Text : result.Failure?.Message;
        await output.WriteLineAsync(JsonSerializer.Serialize(new { line = result.Id, answer }));
    }
}

File.Delete(saved);
Console.WriteLine($"{File.ReadLines(answers).Count()} answers in {answers}, {failures} failures");
return failures == 0 ? 0 : 1;

IEnumerable<KeyValuePair<string, ChatCompletionRequest>> Requests()
{
    var line = 0;
    foreach (var question in File.ReadLines(questions))
    {
        yield return new($"{++line}", new ChatCompletionRequest("openai/gpt-oss-20b", [ChatCompletionMessage.FromUser(question)]) { MaxTokens = 100 });
    }
}
