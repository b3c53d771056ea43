using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

public sealed class ServerLifeTests
{
    private const string LongStream = """{"model":"m","prompt":"Write 100 words","stream_tokens":true}""";

    [TestCase(10, 100), TestCase(40, 25), TestCase(0.01, 100_000)]
    [CancelAfter(30_000)]
    public async Task Stream_sends_each_token_when_it_is_due(double tokensPerSecond, double milliseconds, CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        await using var server = await TogetherAILocalServer.StartAsync(
            new TogetherAILocalServerOptions { TokensPerSecond = tokensPerSecond, TimeProvider = time }, cancellationToken);
        using var response = await PlainHttp.PostAsync(server, """{"model":"m","prompt":"Write 5 words","stream_tokens":true}""", cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));

        var chunks = new List<string>();
        while (await ReadEventAsync(reader, cancellationToken) is { } data && data != "[DONE]")
        {
            chunks.Add(data);
            time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        }

        Assert.That(InferenceTime(JsonNode.Parse(chunks[^1])!), Is.EqualTo((chunks.Count - 1) * milliseconds / 1000).Within(1e-6));
    }

    [Test, CancelAfter(30_000)]
    public async Task Stream_faster_than_a_timer_keeps_its_pace_by_sending_several_tokens_at_a_tick(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        await using var server = await TogetherAILocalServer.StartAsync(
            new TogetherAILocalServerOptions { TokensPerSecond = 2000, TimeProvider = time }, cancellationToken);

        var reading = PlainHttp.PostForChunksAsync(server, PlainHttp.Request("Write 50 words"), cancellationToken);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
                return reading.IsCompleted;
            },
            cancellationToken);

        var chunks = await reading;
        // A timer may be a millisecond early.
        Assert.That(InferenceTime(chunks[^1]), Is.GreaterThanOrEqualTo(((chunks.Count - 1) / 2000.0) - 0.001));
    }

    [Test, CancelAfter(30_000)]
    public async Task Stream_whose_client_goes_away_ends(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0.001 }, cancellationToken);
        var response = await PlainHttp.PostAsync(server, LongStream, cancellationToken);
        var whileOpen = server.ActiveStreams;

        response.Dispose();

        await Eventually.TrueAsync(() => server.ActiveStreams == 0, cancellationToken);
        Assert.That(whileOpen, Is.EqualTo(1));
    }

    [Test, CancelAfter(30_000)]
    public async Task Dispose_breaks_open_streams_off_and_frees_the_port(CancellationToken cancellationToken)
    {
        var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0.001 }, cancellationToken);
        using var response = await PlainHttp.PostAsync(server, LongStream, cancellationToken);

        await server.DisposeAsync();

        await Assert.ThatAsync(() => response.Content.ReadAsStringAsync(cancellationToken), Throws.InstanceOf<HttpRequestException>());
        using var listener = new TcpListener(IPAddress.Loopback, server.Url.Port);
        Assert.That(listener.Start, Throws.Nothing);
    }

    [Test, CancelAfter(30_000)]
    public async Task Dispose_does_not_wait_for_a_request_that_never_comes_to_its_end(CancellationToken cancellationToken)
    {
        var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Url.Port, cancellationToken);
        var head = $"POST /inference HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n";
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(head), cancellationToken);
        // The interim response says that the server is reading the body.
        await client.GetStream().ReadAtLeastAsync(new byte[100], 12, cancellationToken: cancellationToken);

        await server.DisposeAsync().AsTask().WaitAsync(cancellationToken);

        Assert.Pass();
    }

    [Test, CancelAfter(30_000)]
    public async Task Start_on_a_given_port_listens_there_on_the_loopback_address_only(CancellationToken cancellationToken)
    {
        var port = FreePort();

        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { Port = port }, cancellationToken);

        using var loopback = await ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Url, Is.EqualTo(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"))));
            Assert.That(loopback.Connected, Is.True);
            foreach (var address in OtherAddresses())
            {
                await Assert.ThatAsync(() => ConnectAsync(address, port, cancellationToken), Throws.TypeOf<SocketException>(), $"{address}");
            }
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Start_on_a_taken_port_fails(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);

        await Assert.ThatAsync(
            () => TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { Port = server.Url.Port }, cancellationToken),
            Throws.InstanceOf<IOException>());
    }

    [TestCase(-1, 1, 1), TestCase(65_536, 1, 1), TestCase(0, -1, 1), TestCase(0, double.NaN, 1), TestCase(0, 1, -1)]
    public async Task Start_with_a_setting_out_of_bounds_fails(int port, double tokensPerSecond, int streams)
    {
        var options = new TogetherAILocalServerOptions { Port = port, TokensPerSecond = tokensPerSecond, MaxConcurrentStreams = streams };

        await Assert.ThatAsync(() => TogetherAILocalServer.StartAsync(options), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test, CancelAfter(60_000)]
    public async Task Stream_a_hundred_at_once_are_all_complete(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 }, cancellationToken);

        var streams = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            _ => PlainHttp.PostForChunksAsync(server, PlainHttp.Request("Write 100 words"), cancellationToken)));

        Assert.That(streams.Select(PlainHttp.Text).Distinct().Count(), Is.EqualTo(1));
        await Eventually.TrueAsync(() => server.ActiveStreams == 0, cancellationToken);
    }

    private static double InferenceTime(JsonNode chunk)
    {
        var time = chunk["stats"]!["inference_time"]!;
        return time["secs"]!.GetValue<long>() + (time["nanos"]!.GetValue<long>() / 1e9);
    }

    private static async Task<string?> ReadEventAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var data = await reader.ReadLineAsync(cancellationToken);
        await reader.ReadLineAsync(cancellationToken);
        return data?["data: ".Length..];
    }

    private static async Task<TcpClient> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var client = new TcpClient(address.AddressFamily);
        try
        {
            await client.ConnectAsync(address, port, cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    // All that this machine has. Of 127.0.0.0/8 the systems answer to more than one address without being told to; a Mac
    // has no route there, and then nothing answers either, but only after a long time.
    private static IEnumerable<IPAddress> OtherAddresses()
    {
        var addresses = NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => !address.Equals(IPAddress.Loopback));
        return OperatingSystem.IsMacOS() ? addresses : addresses.Prepend(IPAddress.Parse("127.0.0.2"));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
