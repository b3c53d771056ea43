using System.Net;
using System.Net.Sockets;
using static TogetherAI.Net472.CheckList;

namespace TogetherAI.Net472;

/// <summary>Every failure that the local server can be made to show, as the exception that it is.</summary>
internal static class Failures
{
    public static void AddTo(CheckList checks, TogetherAIClient client, Uri url)
    {
        AddResponses(checks, client, url);
        AddStreams(checks, client);
        AddConnections(checks, client);
    }

    private static void AddResponses(CheckList checks, TogetherAIClient client, Uri url)
    {
        checks.Add("400 of the server", async () =>
        {
            var request = Requests.Inference;
            request.TopP = 2;
            var failure = await FailsAsync<TogetherAIInvalidRequestException>(() => client.Inference.RunAsync(request));
            Require(failure.StatusCode == HttpStatusCode.BadRequest && failure.Message.Contains("top_p"));
            await FailsAsync<TogetherAIInvalidRequestException>(() => client.Inference.StreamTokensAsync(request).ToListAsync());
        });
        checks.Add("400 before anything is sent", () => FailsAsync<ArgumentException>(() =>
        {
            var request = Requests.Chat;
            request.Model = "";
            return client.Chat.CompleteAsync(request);
        }));
        checks.Add("401, whole, stream and download", async () =>
        {
            var wrong = new TogetherAIRequestOptions { ApiKey = "wrong-key" };
            await FailsAsync<TogetherAIAuthenticationException>(() => client.Chat.CompleteAsync(Requests.Chat, wrong));
            await FailsAsync<TogetherAIAuthenticationException>(() => client.Chat.StreamAsync(Requests.Chat, wrong).ToListAsync());
            var failure = await FailsAsync<TogetherAIAuthenticationException>(() => client.Audio.CreateSpeechAsync(Requests.Speech, wrong));
            Require(!failure.ToString().Contains("wrong-key"));
        });
        checks.Add("404", () => FailsAsync<TogetherAINotFoundException>(() => client.Videos.RetrieveAsync("no-such-video")));
        checks.Add("429 after a retry", async () =>
        {
            var options = Requests.Fault("rate-limit");
            options.MaxRetries = 1;
            var failure = await FailsAsync<TogetherAIRateLimitException>(() => client.Chat.CompleteAsync(Requests.Chat, options));
            Require(failure.Attempts == 2 && failure.RetryAfter > TimeSpan.Zero);
        });
        checks.Add("503, whole and stream", async () =>
        {
            await FailsAsync<TogetherAIServerException>(() => client.Chat.CompleteAsync(Requests.Chat, Requests.Fault("server-error")));
            await FailsAsync<TogetherAIServerException>(() => client.Chat.StreamTokensAsync(Requests.Chat, Requests.Fault("server-error")).ToListAsync());
        });
        checks.Add("response that is not JSON", () => FailsAsync<TogetherAIInvalidResponseException>(
            () => client.Videos.RetrieveAsync("any", new TogetherAIRequestOptions { ApiUrl = new Uri(url, "videos/empty.mp4") })));
    }

    private static void AddStreams(CheckList checks, TogetherAIClient client)
    {
        var failures = new Dictionary<string, TogetherAIStreamFailure>
        {
            ["reset"] = TogetherAIStreamFailure.ConnectionLost,
            ["truncation"] = TogetherAIStreamFailure.Incomplete,
            ["garbage"] = TogetherAIStreamFailure.MalformedEvent,
            ["error-event"] = TogetherAIStreamFailure.ServerError,
            ["oversized-event"] = TogetherAIStreamFailure.EventTooLarge,
        };
        foreach (var expected in failures)
        {
            checks.Add($"stream with the fault {expected.Key}", async () =>
            {
                var tokens = await FailsAsync<TogetherAIStreamException>(() => client.Chat.StreamTokensAsync(Requests.Chat, Requests.Fault(expected.Key)).ToListAsync());
                var chunks = await FailsAsync<TogetherAIStreamException>(() => client.Inference.StreamAsync(Requests.Inference, Requests.Fault(expected.Key)).ToListAsync());
                Require(tokens.Failure == expected.Value, tokens.ToString());
                Require(chunks.Failure == expected.Value, chunks.ToString());
                Require(chunks.EventsReceived > 0);
            });
        }

        checks.Add("stream that falls silent", async () =>
        {
            var options = Requests.Fault("stall");
            options.StreamIdleTimeout = TimeSpan.FromSeconds(1);
            var failure = await FailsAsync<TogetherAITimeoutException>(() => client.Chat.StreamTokensAsync(Requests.Chat, options).ToListAsync());
            Require(failure.Phase == TogetherAITimeoutPhase.StreamSilence);
            await FailsAsync<TogetherAITimeoutException>(() => client.Chat.StreamBytesAsync(Requests.Chat, options).ReadTextAsync());
        });
        checks.Add("stream that comes byte by byte", async () =>
        {
            var request = new InferenceRequest { Model = "org/model", Prompt = "Write 5 words" };
            var slow = await client.Inference.StreamTokensAsync(request, Requests.Fault("slow-bytes")).ToListAsync();
            Require(slow.SequenceEqual(await client.Inference.StreamTokensAsync(request).ToListAsync()));
        });
        checks.Add("bytes of a stream that is cut", () => FailsAsync<TogetherAIStreamException>(
            () => client.Chat.StreamBytesAsync(Requests.Chat, Requests.Fault("reset")).ReadTextAsync()));
    }

    private static void AddConnections(CheckList checks, TogetherAIClient client)
    {
        checks.Add("refused connection", async () =>
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            listener.Stop();
            var options = new TogetherAIRequestOptions { ApiUrl = new Uri($"http://127.0.0.1:{port}/") };
            var failure = await FailsAsync<TogetherAIConnectionException>(() => client.Chat.CompleteAsync(Requests.Chat, options));
            Require(failure.Message.Contains(port.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        });
        checks.Add("server that never answers", async () =>
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var options = new TogetherAIRequestOptions { ApiUrl = new Uri($"http://{listener.LocalEndpoint}/"), Timeout = TimeSpan.FromSeconds(1) };
            var failure = await FailsAsync<TogetherAITimeoutException>(() => client.Chat.CompleteAsync(Requests.Chat, options));
            listener.Stop();
            Require(failure.Phase == TogetherAITimeoutPhase.ResponseHeaders);
        });
    }
}
