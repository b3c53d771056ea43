using System.Net;
using System.Net.Sockets;
using static TogetherAI.Net472.CheckList;

namespace TogetherAI.Net472;

/// <summary>Calls that their caller ends.</summary>
internal static class Cancellations
{
    public static void AddTo(CheckList checks, TogetherAIClient client)
    {
        checks.Add("cancelled before it is sent", async () =>
        {
            var token = new CancellationToken(canceled: true);
            await FailsAsync<OperationCanceledException>(() => client.Chat.CompleteAsync(Requests.Chat, cancellationToken: token));
            await FailsAsync<OperationCanceledException>(() => client.Chat.StreamAsync(Requests.Chat, cancellationToken: token).ToListAsync());
        });
        checks.Add("cancelled while it waits for the headers", async () =>
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var options = new TogetherAIRequestOptions { ApiUrl = new Uri($"http://{listener.LocalEndpoint}/") };
            using var source = new CancellationTokenSource();
            var call = client.Chat.CompleteAsync(Requests.Chat, options, source.Token);
            using var accepted = await listener.AcceptTcpClientAsync();
            source.Cancel();
            var failure = await FailsAsync<OperationCanceledException>(() => call);
            listener.Stop();
            Require(failure.CancellationToken == source.Token);
        });
        checks.Add("cancelled between the events of a stream", async () =>
        {
            using var source = new CancellationTokenSource();
            var count = 0;
            var failure = await FailsAsync<OperationCanceledException>(async () =>
            {
                await foreach (var token in client.Chat.StreamTokensAsync(Requests.Chat, Requests.Fault("stall"), source.Token))
                {
                    count++;
                    source.Cancel();
                }
            });
            Require(count == 1 && failure.CancellationToken == source.Token);
        });
        checks.Add("cancelled while a stream is silent", async () =>
        {
            using var source = new CancellationTokenSource();
            using var stream = await client.Chat.StreamBytesAsync(Requests.Chat, Requests.Fault("stall"), source.Token);
            await FailsAsync<OperationCanceledException>(async () =>
            {
                var buffer = new byte[16 * 1024];
                while (true)
                {
                    var read = stream.ReadAsync(buffer, 0, buffer.Length);
                    if (await Task.WhenAny(read, Task.Delay(500)) != read)
                    {
                        source.Cancel();
                    }

                    Require(await read > 0);
                }
            });
        });
        checks.Add("left early, and the next call", async () =>
        {
            await foreach (var chunk in client.Chat.StreamAsync(Requests.Chat))
            {
                break;
            }

            (await client.Audio.CreateSpeechAsync(Requests.Speech)).Dispose();
            Require((await client.Chat.StreamTokensAsync(Requests.Chat).ToListAsync()).Count > 10);
        });
    }
}
