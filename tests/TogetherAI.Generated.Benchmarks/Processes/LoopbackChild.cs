using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using Newtonsoft.Json;
using OpenAI.Chat;
using TogetherAI.Benchmarks.Messages;
using TogetherAI.Benchmarks.Streams;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>The process that <see cref="LoopbackRun"/> measures: warms up, runs so many streams at once, and prints the figures.</summary>
internal static class LoopbackChild
{
    private const int TokensInAll = 400_000;
    private const int MostTokensOfStream = 40_000;
    private const int TokensOfShortAnswer = 100;

    private static readonly string Prompt = MessageBodies.Prose(200);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var streams = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        var tokensOfStream = Math.Min(MostTokensOfStream, TokensInAll / streams);
        var tokensEach = Math.Max(TokensOfShortAnswer, tokensOfStream / 10);
        var rounds = tokensOfStream / tokensEach;
        using var http = new HttpClient(new SocketsHttpHandler { MaxResponseDrainSize = 0 }) { Timeout = Timeout.InfiniteTimeSpan };
        var stream = Texts(arguments[0], http, new Uri(arguments[1]), tokensEach);

        await RunAsync(stream, streams: 1, rounds: 1).ConfigureAwait(false);
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        var memoryBefore = self.WorkingSet64;

        // As much again beforehand: what is meant is a service that runs for days.
        await RunAsync(stream, streams, rounds).ConfigureAwait(false);

        self.Refresh();
        var processorBefore = self.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var (tokens, firstTokens) = await RunAsync(stream, streams, rounds).ConfigureAwait(false);
        clock.Stop();
        self.Refresh();
        var processor = (self.TotalProcessorTime - processorBefore).TotalMicroseconds / tokens;
        var memory = Math.Max(0, self.PeakWorkingSet64 - memoryBefore) / 1024.0 / streams;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{tokens / clock.Elapsed.TotalSeconds:F0} {processor:F2} {memory:F0} {firstTokens[firstTokens.Count / 2]:F1}"));
        return 0;
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

    private static Func<IAsyncEnumerable<string>> Texts(string client, HttpClient http, Uri address, int tokens)
    {
        switch (client)
        {
            case "together":
                var together = Clients.Together(http, address);
                var request = new ChatCompletionRequest { Model = "org/model-70b", Messages = [ChatCompletionMessage.User(Prompt)], MaxTokens = tokens };
                return () => together.Chat.StreamTokensAsync(request);
            case "openai":
                var openAI = Clients.OpenAI(http, address);
                return () => Texts(openAI, new ChatCompletionOptions { MaxOutputTokenCount = tokens });
            default:
                return () => Events(http, address, tokens);
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
