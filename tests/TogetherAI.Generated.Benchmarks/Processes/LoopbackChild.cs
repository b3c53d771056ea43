using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using Newtonsoft.Json;
using OpenAI.Chat;
using TogetherAI.Benchmarks.Messages;
using TogetherAI.Benchmarks.Streams;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>
/// The process that <see cref="LoopbackRun"/> measures: warms up, runs more and more streams at once, and prints the figures
/// of each number of streams on a line.
/// </summary>
internal static class LoopbackChild
{
    private const int TokensInAll = 400_000;
    private const int MostTokensInTurn = 40_000;
    private const int TokensOfAnswer = 100;

    private static readonly string Prompt = MessageBodies.Prose(200);

    // What is meant is a service that runs for days. Until the compiler has made its fastest code of everything, the peer
    // with the most code takes this long.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    public static async Task<int> RunAsync(string[] arguments)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxResponseDrainSize = 0 }) { Timeout = Timeout.InfiniteTimeSpan };
        var stream = Texts(arguments[0], http, new Uri(arguments[1]));
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < WarmUp)
        {
            // Few at a time, so that the memory of many is still to come.
            await RunAsync(stream, streams: 4, rounds: 10).ConfigureAwait(false);
        }

        foreach (var streams in arguments[2..].Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            await MeasureAsync(stream, streams).ConfigureAwait(false);
        }

        return 0;
    }

    private static async Task MeasureAsync(Func<IAsyncEnumerable<string>> stream, int streams)
    {
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        var memoryBefore = self.WorkingSet64;

        // Opens the connections, which stay, and lets the heap grow to what so many streams need.
        await RunAsync(stream, streams, rounds: 1).ConfigureAwait(false);
        var processorBefore = self.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var rounds = Math.Min(MostTokensInTurn, TokensInAll / streams) / TokensOfAnswer;
        var (tokens, firstTokens) = await RunAsync(stream, streams, rounds).ConfigureAwait(false);
        clock.Stop();
        self.Refresh();
        var processor = (self.TotalProcessorTime - processorBefore).TotalMicroseconds / tokens;
        var memory = Math.Max(0, self.PeakWorkingSet64 - memoryBefore) / 1024.0 / streams;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{tokens / clock.Elapsed.TotalSeconds:F0} {processor:F2} {memory:F0} {firstTokens[firstTokens.Count / 2]:F1}"));
    }

    private static async Task<(long Tokens, List<double> FirstTokens)> RunAsync(Func<IAsyncEnumerable<string>> stream, int streams, int rounds)
    {
        var tokens = 0L;
        var firstTokens = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, streams).Select(_ => CountAsync(stream()))).ConfigureAwait(false);
            tokens += results.Sum(result => result.Tokens);
            firstTokens.AddRange(results.Select(result => result.FirstToken.TotalMilliseconds));
        }

        firstTokens.Sort();
        return (tokens, firstTokens);
    }

    private static Func<IAsyncEnumerable<string>> Texts(string client, HttpClient http, Uri address)
    {
        switch (client)
        {
            case "together":
                var together = Clients.Together(http, address);
                var request = new ChatCompletionRequest { Model = "org/model-70b", Messages = [ChatCompletionMessage.FromUser(Prompt)], MaxTokens = TokensOfAnswer };
                return () => together.Chat.StreamTokensAsync(request);
            case "openai":
                var openAI = Clients.OpenAI(http, address);
                return () => Texts(openAI, new ChatCompletionOptions { MaxOutputTokenCount = TokensOfAnswer });
            default:
                return () => Events(http, address);
        }
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

    private static async IAsyncEnumerable<string> Events(HttpClient http, Uri address)
    {
        using var content = new StringContent(
            $$"""{"model":"org/model-70b","stream":true,"max_tokens":{{TokensOfAnswer}},"messages":[{"role":"user","content":{{JsonConvert.ToString(Prompt)}}}]}""",
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

    private static async Task<(int Tokens, TimeSpan FirstToken)> CountAsync(IAsyncEnumerable<string> texts)
    {
        var clock = Stopwatch.StartNew();
        var count = 0;
        await foreach (var text in texts.ConfigureAwait(false))
        {
            if (count++ == 0)
            {
                clock.Stop();
            }
        }

        return (count, clock.Elapsed);
    }
}
