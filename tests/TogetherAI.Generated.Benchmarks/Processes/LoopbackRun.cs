using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using Newtonsoft.Json;
using OpenAI.Chat;
using TogetherAI.Benchmarks.Reports;
using TogetherAI.Benchmarks.Streams;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>Many chat streams at once over loopback, each client in a process of its own.</summary>
internal static class LoopbackRun
{
    public const string ChildCommand = "loopback-child";

    private const int TokensInAll = 200_000;
    private const int TokensOfShortAnswer = 100;

    private static readonly string Prompt = Messages.MessageBodies.Prose(200);

    public static async Task WriteAsync(Report report)
    {
        await using var server = await ServerProcess.StartAsync().ConfigureAwait(false);
        report.Heading("Concurrent chat streams over loopback");
        report.Header("client", "streams", "tokens/s", "client CPU µs/token", "peak KB/stream", "first token ms (median)");
        foreach (var streams in new[] { 1, 100, 1_000 })
        {
            foreach (var client in new[] { "together", "openai", "parser" })
            {
                var line = await ChildProcess.RunAsync(ChildCommand, client, server.Url.ToString(), streams.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false);
                report.Row([client, streams, .. line.Split(' ')]);
            }
        }
    }

    /// <summary>The other side: warms up, runs so many streams at once, and prints the figures.</summary>
    public static async Task<int> RunChildAsync(string[] arguments)
    {
        var streams = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        var tokensEach = Math.Max(TokensOfShortAnswer, TokensInAll / streams / 10);
        using var http = new HttpClient(new SocketsHttpHandler { MaxResponseDrainSize = 0 }) { Timeout = Timeout.InfiniteTimeSpan };
        var stream = Reader(arguments[0], http, new Uri(arguments[1]), tokensEach);

        for (var i = 0; i < 40; i++)
        {
            await stream(new Stopwatch()).ConfigureAwait(false);
        }

        using var self = Process.GetCurrentProcess();
        GC.Collect();
        var memoryBefore = self.WorkingSet64;
        var processorBefore = self.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var rounds = streams == 1 ? 10 : 3;
        var tokens = 0L;
        var firstTokens = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var first = Enumerable.Range(0, streams).Select(_ => new Stopwatch()).ToArray();
            var counts = await Task.WhenAll(first.Select(stream)).ConfigureAwait(false);
            tokens += counts.Sum();
            firstTokens.AddRange(first.Select(watch => watch.Elapsed.TotalMilliseconds));
        }

        clock.Stop();
        self.Refresh();
        firstTokens.Sort();
        var processor = (self.TotalProcessorTime - processorBefore).TotalMicroseconds / tokens;
        var memory = Math.Max(0, self.PeakWorkingSet64 - memoryBefore) / 1024.0 / streams;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{tokens / clock.Elapsed.TotalSeconds:F0} {processor:F2} {memory:F0} {firstTokens[firstTokens.Count / 2]:F1}"));
        return 0;
    }

    private static Func<Stopwatch, Task<int>> Reader(string client, HttpClient http, Uri address, int tokens)
    {
        if (client == "together")
        {
            var together = Clients.Together(http, address);
            var request = new ChatCompletionRequest { Model = "org/model-70b", Messages = [ChatCompletionMessage.User(Prompt)], MaxTokens = tokens };
            return first => CountAsync(together.Chat.StreamTokensAsync(request), first);
        }

        if (client == "parser")
        {
            return first => CountAsync(Events(http, address, tokens), first);
        }

        var openAI = Clients.OpenAI(http, address);
#pragma warning disable OPENAI001
        var options = new ChatCompletionOptions { MaxOutputTokenCount = tokens };
#pragma warning restore OPENAI001
        return first => CountAsync(Texts(openAI, options), first);
    }

    private static async IAsyncEnumerable<string> Texts(ChatClient client, ChatCompletionOptions options)
    {
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage(Prompt)], options).ConfigureAwait(false))
        {
            foreach (var part in update.ContentUpdate)
            {
                if (part.Text.Length > 0)
                {
                    yield return part.Text;
                }
            }
        }
    }

    // The floor: what HttpClient and the event parser cost when nobody looks at the data.
    private static async IAsyncEnumerable<string> Events(HttpClient http, Uri address, int tokens)
    {
        using var content = new StringContent(
            $$"""{"model":"org/model-70b","stream":true,"max_tokens":{{tokens}},"messages":[{"role":"user","content":{{JsonConvert.ToString(Prompt)}}}]}""",
            Encoding.UTF8,
            "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "v1/chat/completions")) { Content = content };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        await foreach (var item in SseParser.Create(body, static (_, data) => data.StartsWith("[DONE]"u8) ? null : "").EnumerateAsync().ConfigureAwait(false))
        {
            if (item.Data is null)
            {
                yield break;
            }

            yield return item.Data;
        }
    }

    private static async Task<int> CountAsync(IAsyncEnumerable<string> texts, Stopwatch first)
    {
        first.Restart();
        var count = 0;
        await foreach (var text in texts.ConfigureAwait(false))
        {
            if (count++ == 0)
            {
                first.Stop();
            }
        }

        return count;
    }
}
