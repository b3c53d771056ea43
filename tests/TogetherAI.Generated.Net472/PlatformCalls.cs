using System.Text;
using static TogetherAI.Net472.CheckList;

namespace TogetherAI.Net472;

/// <summary>Calls that are more than a request and its response: files, batches, jobs, raw requests and WebSockets.</summary>
internal static class PlatformCalls
{
    private static readonly TogetherAIWaitOptions Soon = new() { Interval = TimeSpan.FromMilliseconds(50), IntervalGrowth = 1 };

    public static void AddTo(CheckList checks, TogetherAIClient client)
    {
        AddFiles(checks, client);
        AddRaw(checks, client);
        AddSockets(checks, client);
        checks.Add("account", async () => Require((await client.Account.RetrieveAsync()).ProjectName is not null));
        checks.Add("code interpreter", async () =>
        {
            var run = await client.CodeInterpreter.RunAsync(new CodeInterpreterRequest(CodeInterpreterLanguage.Python, "print(2 + 2)"));
            Require(run.Data!.StandardOutput == "4\n");
        });
    }

    private static void AddFiles(CheckList checks, TogetherAIClient client)
    {
        checks.Add("files, upload, download by lines and delete", async () =>
        {
            var lines = Encoding.UTF8.GetBytes("{\"text\":\"\u00e9\"}\n{\"text\":\"two\"}\n");
            var file = await client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromBytes(lines, "train.jsonl"), FilePurpose.FineTune));
            using (var download = await client.Files.DownloadAsync(file.Id))
            {
                Require((await download.ReadLinesAsync().ToListAsync()).SequenceEqual(["{\"text\":\"\u00e9\"}", "{\"text\":\"two\"}"]));
            }

            await client.Files.DeleteAsync(file.Id);
            _ = await FailsAsync<TogetherAINotFoundException>(() => client.Files.RetrieveAsync(file.Id));
        });
        checks.Add("batches, requests and results", async () =>
        {
            var requests = new Dictionary<string, ChatCompletionRequest> { ["a"] = Requests.Chat, ["b"] = Requests.Chat };
            var results = await client.Batches.RunAsync(requests, new BatchRunOptions { Wait = Soon }).ToListAsync();
            Require(results.All(result => result.IsSuccess && result.ReadBody<ChatCompletionResponse>().Text!.Length > 100));
            Require(results.Select(result => result.Id).OrderBy(id => id).SequenceEqual(["a", "b"]));
        });
    }

    private static void AddRaw(CheckList checks, TogetherAIClient client)
    {
        checks.Add("raw requests, whole and streamed", async () =>
        {
            var json = Encoding.UTF8.GetBytes("{\"model\":\"org/model\",\"messages\":[{\"role\":\"user\",\"content\":\"Write 40 words\"}],\"stream\":true}");
            var request = new TogetherAIRawRequest("v1/chat/completions", json);
            Require(request.IsStreamRequested);
            var tokens = await client.Raw.StreamTokensAsync(request).ToListAsync();
            Require(string.Concat(tokens) == (await client.Chat.CompleteAsync(Requests.Chat)).Text);
            var models = await client.Raw.SendAsync(new TogetherAIRawRequest("v1/models") { Method = HttpMethod.Get });
            Require(Encoding.UTF8.GetString(models.Body.ToArray()).StartsWith("[", StringComparison.Ordinal));
        });
    }

    private static void AddSockets(CheckList checks, TogetherAIClient client)
        => checks.Add("live speech", async () =>
        {
            using var connection = await client.Realtime.ConnectSpeechAsync(new RealtimeSpeechParameters());
            await connection.AppendAsync("Hello world");
            await connection.CommitAsync();
            await connection.CloseAsync();
            var messages = await connection.ReadAllAsync().ToListAsync();
            Require(string.Concat(messages.Select(message => message.Text)) == "Hello world");
            Require(messages.Sum(message => message.Delta?.Length ?? 0) > 10_000);
        });
}
