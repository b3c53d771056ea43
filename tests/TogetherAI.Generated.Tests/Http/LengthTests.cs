#if !NETSTANDARD_CLIENT
using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>A response that is shorter than its Content-Length is cut, which the HTTP/2 of .NET does not look at.</summary>
[CancelAfter(30_000)]
public sealed class LengthTests
{
    private const string Body = "data: {\"choices\":[{\"text\":\"a\"}]}\n\n";

    [Test]
    public async Task StreamBytes_shorter_than_its_length_is_cut(CancellationToken cancellationToken)
    {
        await using var server = Http2Server.Start("text/event-stream", Body, Body.Length + 10);
        using var httpClient = Http2Server.Client();
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(server.Url));
        using var bytes = await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellationToken);
        using var received = new MemoryStream();

        var exception = await Failures.Of<TogetherAIStreamException>(() => bytes.CopyToAsync(received, cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.ASCII.GetString(received.ToArray()), Is.EqualTo(Body));
            Assert.That(exception.Failure, Is.EqualTo(TogetherAIStreamFailure.ConnectionLost));
            Assert.That(exception.InnerException!.Message, Does.Contain($"{Body.Length} of {Body.Length + 10} bytes"));
        }
    }

    [Test]
    public async Task StreamBytes_read_synchronously_and_shorter_than_its_length_is_cut(CancellationToken cancellationToken)
    {
        await using var server = Http2Server.Start("text/event-stream", Body, Body.Length + 10);
        using var httpClient = Http2Server.Client();
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(server.Url));
        using var bytes = await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellationToken);

        Assert.That(ReadToEnd, Throws.TypeOf<TogetherAIStreamException>());

        void ReadToEnd()
        {
            var buffer = new byte[1000];
            while (bytes.Read(buffer, 0, buffer.Length) > 0)
            {
            }
        }
    }

    [Test]
    public async Task Download_shorter_than_its_length_is_cut(CancellationToken cancellationToken)
    {
        await using var server = Http2Server.Start("audio/wav", "RIFF", 5);
        using var httpClient = Http2Server.Client();
        using var client = new TogetherAIClient(httpClient, Clients.Options(server.Url));
        using var bytes = await client.Audio.CreateSpeechAsync(new SpeechRequest { Model = "m", Input = "Hi.", Voice = "v" }, cancellationToken: cancellationToken);

        await Assert.ThatAsync(
            () => bytes.CopyToAsync(Stream.Null, cancellationToken),
            Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.ConnectionLost));
    }

    [Test]
    public async Task Run_shorter_than_its_length_is_cut(CancellationToken cancellationToken)
    {
        await using var server = Http2Server.Start("application/json", Answers.RunBody, Answers.RunBody.Length + 1);
        using var httpClient = Http2Server.Client();
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(server.Url));

        await Assert.ThatAsync(() => client.RunAsync(Clients.Request, cancellationToken: cancellationToken), Throws.TypeOf<TogetherAIConnectionException>());
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Response_of_its_length_is_whole(Call call, CancellationToken cancellationToken)
    {
        var body = call == Call.Run ? Answers.RunBody : Frames.Text("a") + Frames.Done;
        await using var server = Http2Server.Start(call == Call.Run ? "application/json" : "text/event-stream", body, body.Length);
        using var httpClient = Http2Server.Client();
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(server.Url));

        await Assert.ThatAsync(() => client.CompleteAsync(call, cancellationToken: cancellationToken), Throws.Nothing);
    }

    /// <summary>Speaks as much HTTP/2 as one response needs; real servers refuse to send a wrong length.</summary>
    private sealed class Http2Server : IAsyncDisposable
    {
        private const byte Data = 0;
        private const byte Headers = 1;
        private const byte Settings = 4;
        private const byte EndStream = 1;
        private const byte EndHeaders = 4;
        private const int PrefaceLength = 24;

        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _serving;

        private Http2Server(string contentType, string body, int length)
        {
            _listener.Start();
            _serving = ServeAsync(contentType, body, length);
        }

        public Uri Url => new($"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

        public static Http2Server Start(string contentType, string body, int length) => new(contentType, body, length);

        public static HttpClient Client() => new()
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _serving;
            _stop.Dispose();
        }

        private async Task ServeAsync(string contentType, string body, int length)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var stream = client.GetStream();
                await stream.ReadExactlyAsync(new byte[PrefaceLength], _stop.Token);
                await SendAsync(stream, Settings, 0, 0, []);
                while (true)
                {
                    var head = new byte[9];
                    await stream.ReadExactlyAsync(head, _stop.Token);
                    await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], _stop.Token);
                    if (head[3] is Headers or Data && (head[4] & EndStream) != 0)
                    {
                        await SendAsync(stream, Headers, EndHeaders, 1, [0x88, .. Field("content-type", contentType), .. Field("content-length", $"{length}")]);
                        await SendAsync(stream, Data, EndStream, 1, Encoding.ASCII.GetBytes(body));
                    }
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
            {
                // The test is over.
            }
        }

        // RFC 7541, 6.2.2: a literal field without indexing, its name new, nothing in Huffman code.
        private static byte[] Field(string name, string value)
            => [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

        private Task SendAsync(NetworkStream stream, byte type, byte flags, byte id, byte[] payload)
            => stream.WriteAsync((byte[])[(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, 0, id, .. payload], _stop.Token).AsTask();
    }
}
#endif
