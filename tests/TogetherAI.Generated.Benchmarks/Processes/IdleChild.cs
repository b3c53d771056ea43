using System.Globalization;
using System.Net.ServerSentEvents;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>Opens many streams in a process of its own, waits for one event of each, and says what the heap then holds.</summary>
internal static class IdleChild
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (client, url, count) = (arguments[0], new Uri(arguments[1]), int.Parse(arguments[2], CultureInfo.InvariantCulture));
        using var httpClient = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
        using var together = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = url, ApiKey = "key", MaxRetries = 0 });

        // What the first stream of a process loads is nobody's own.
        using var stop = new CancellationTokenSource();
        var streams = new List<Task> { await OpenAsync().ConfigureAwait(false) };
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < count; i++)
        {
            streams.Add(await OpenAsync().ConfigureAwait(false));
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(((after - before) / 1024.0 / count).ToString("0.0", CultureInfo.InvariantCulture));
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(streams)).ConfigureAwait(false);
        return 0;

        // Returns the task of the relay, once its first bytes have come.
        async Task<Task> OpenAsync()
        {
            var first = new FirstWrite();
            var relay = RelayAsync(first);
            await first.Written.ConfigureAwait(false);
            return relay;
        }

        Task RelayAsync(FirstWrite destination) => client switch
        {
            "http" => CopyHttpAsync(destination),
            "parser" => ParseAsync(destination),
            "together" => CopyAsync(destination),
            _ => ReadTokensAsync(destination),
        };

        async Task CopyHttpAsync(FirstWrite destination)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent("{}") };
            using var response = await httpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsStreamAsync(stop.Token).ConfigureAwait(false);
            await body.CopyToAsync(destination, stop.Token).ConfigureAwait(false);
        }

        async Task ParseAsync(FirstWrite destination)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent("{}") };
            using var response = await httpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsStreamAsync(stop.Token).ConfigureAwait(false);
            await foreach (var item in SseParser.Create(body, static (_, data) => data.Length).EnumerateAsync(stop.Token).ConfigureAwait(false))
            {
                destination.WriteByte((byte)item.Data);
            }
        }

        async Task CopyAsync(FirstWrite destination)
        {
            using var body = await together.StreamBytesAsync(new InferenceRequest { Model = "m", Prompt = "p" }, cancellationToken: stop.Token).ConfigureAwait(false);
            await body.CopyToAsync(destination, stop.Token).ConfigureAwait(false);
        }

        async Task ReadTokensAsync(FirstWrite destination)
        {
            await foreach (var text in together.StreamTokensAsync(new InferenceRequest { Model = "m", Prompt = "p" }, cancellationToken: stop.Token).ConfigureAwait(false))
            {
                destination.WriteByte((byte)text.Length);
            }
        }
    }

    private sealed class FirstWrite : Stream
    {
        private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Written => _written.Task;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => 0;

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _written.TrySetResult();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _written.TrySetResult();
            return default;
        }
    }
}
