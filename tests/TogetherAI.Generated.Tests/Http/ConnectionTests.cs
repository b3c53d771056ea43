using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>Connections that do not come about: what the exception says.</summary>
[CancelAfter(30_000)]
public sealed class ConnectionTests
{
    [Test]
    public async Task Name_that_does_not_exist_is_named()
    {
        using var client = new TogetherAIInferenceClient(Clients.Options(new Uri("https://no-such-host.invalid/")));

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request),
            Throws.TypeOf<TogetherAIConnectionException>().With.Message.Contains("no-such-host.invalid could not be resolved"));
    }

    [Test]
    public async Task Refused_connection_is_named_with_its_port()
    {
        var port = ClosedPort();
        using var client = new TogetherAIInferenceClient(Clients.Options(new Uri($"http://localhost:{port}/")));

        var exception = await Failures.Of<TogetherAIConnectionException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Message, Does.StartWith($"localhost:{port} refused the connection."));
            Assert.That(exception.StatusCode, Is.Null);
            Assert.That(exception.Attempts, Is.EqualTo(1));
            Assert.That(exception.RateLimit, Is.Null);
        }
    }

    [Test]
    public async Task Server_without_tls_gives_no_secure_connection()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerInClearAsync(listener);
        using var client = new TogetherAIInferenceClient(Clients.Options(new Uri($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/")));

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request),
            Throws.TypeOf<TogetherAIConnectionException>().With.Message.Contains("secure connection"));
        await answering;
    }

    [Test]
    public async Task Certificate_that_nobody_trusts_gives_no_secure_connection_and_sends_nothing()
    {
        using var certificate = CreateCertificate();
        await using var server = RawServer.Start((connection, _, stop) => connection.SendAsync(Answers.Run, stop), certificate);
        using var client = Clients.For(server);

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request),
            Throws.TypeOf<TogetherAIConnectionException>().With.Message.Contains("secure connection"));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task ConnectTimeout_of_the_HttpClient_is_not_taken_for_its_Timeout()
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(50),
            ConnectCallback = async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException("Not reached.");
            },
        };
        using var httpClient = new HttpClient(handler);
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(new Uri("http://localhost:9/")));

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request),
            Throws.TypeOf<TogetherAIConnectionException>().With.Message.Contains("could not be reached in time"));
    }

#if !NETSTANDARD_CLIENT
    // .NET Framework does not tell what of its HttpClient gave up.
    [Test]
    public async Task Cancellation_by_a_handler_is_not_taken_for_the_Timeout_of_the_HttpClient()
    {
        using var httpClient = new HttpClient(new CancellingHandler());
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(new Uri("http://localhost:9/")));

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request),
            Throws.TypeOf<TogetherAIConnectionException>().With.Message.Contains("handler"));
    }
#endif

    [Test]
    public async Task Answer_that_is_no_http_is_a_connection_failure()
    {
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            await connection.SendAsync("SSH-2.0-OpenSSH_9.6\r\n\r\n", stop);
            connection.Dispose();
        });
        using var client = Clients.For(server);

        await Assert.ThatAsync(() => client.RunAsync(Clients.Request), Throws.TypeOf<TogetherAIConnectionException>());
    }

    internal static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task AnswerInClearAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        await connection.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
#if !NETSTANDARD_CLIENT

    private sealed class CancellingHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => throw new OperationCanceledException("Given up by a handler.");
    }
#endif
}
