using System.Net;
using System.Net.Sockets;
using System.Text;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

public sealed class HostTests
{
    private TogetherAILocalServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 });

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TestCase("localhost"), TestCase("LOCALHOST:8080"), TestCase("localhost."), TestCase("api.localhost"), TestCase("127.0.0.1"), TestCase("127.1.2.3:1"), TestCase("[::1]"), TestCase("[::1]:5000")]
    [CancelAfter(30_000)]
    public async Task Request_for_a_loopback_name_is_answered(string host, CancellationToken cancellationToken)
        => Assert.That(await StatusAsync($"GET /v1/models HTTP/1.1\r\nHost: {host}\r\n", cancellationToken), Is.EqualTo(200));

    [TestCase("GET /v1/models HTTP/1.1\r\nHost: attacker.example\r\n", TestName = "Request_for_a_name_that_a_page_gave_the_loopback_address_is_refused")]
    [TestCase("GET /v1/models HTTP/1.1\r\nHost: localhost.attacker.example\r\n", TestName = "Request_for_a_name_that_begins_with_localhost_is_refused")]
    [TestCase("GET /v1/models HTTP/1.1\r\nHost: notlocalhost\r\n", TestName = "Request_for_a_name_that_ends_with_localhost_is_refused")]
    [TestCase("GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1.attacker.example\r\n", TestName = "Request_for_a_name_that_begins_with_the_address_is_refused")]
    [TestCase("GET /v1/models HTTP/1.1\r\nHost: 192.168.0.1\r\n", TestName = "Request_for_another_address_is_refused")]
    [TestCase("GET /v1/models HTTP/1.1\r\nHost: 0.0.0.0\r\n", TestName = "Request_for_no_address_is_refused")]
    [TestCase("GET /v1/models HTTP/1.1\r\nHost: [::2]\r\n", TestName = "Request_for_another_address_of_version_6_is_refused")]
    [TestCase("GET http://attacker.example/v1/models HTTP/1.1\r\nHost: attacker.example\r\n", TestName = "Request_with_a_whole_address_of_another_host_is_refused")]
    [TestCase("GET /v1/models HTTP/1.1\r\nHost:\r\n", TestName = "Request_for_a_host_without_a_name_is_refused")]
    [TestCase("GET /v1/models HTTP/1.0\r\n", TestName = "Request_without_a_host_is_refused")]
    [TestCase("GET /nowhere HTTP/1.1\r\nHost: attacker.example\r\n", TestName = "Request_for_another_host_is_refused_whatever_its_path")]
    [CancelAfter(30_000)]
    public async Task Request_for_another_host_is_refused(string head, CancellationToken cancellationToken)
        => Assert.That(await StatusAsync(head, cancellationToken), Is.EqualTo(400));

    [Test, CancelAfter(30_000)]
    public async Task Refusal_of_a_host_says_which_there_are(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Url, "v1/models"));
        request.Headers.Host = "attacker.example";

        using var response = await PlainHttp.Client.SendAsync(request, cancellationToken);
        var error = (await PlainHttp.JsonAsync(response, cancellationToken))["error"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(error["code"]!.GetValue<string>(), Is.EqualTo("invalid_host"));
            Assert.That(error["message"]!.GetValue<string>(), Does.Contain("localhost").And.Contain("attacker.example"));
        }
    }

    private async Task<int> StatusAsync(string head, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server.Url.Port, cancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{head}Connection: close\r\n\r\n"), cancellationToken);
        using var reader = new StreamReader(client.GetStream());
        var line = await reader.ReadLineAsync(cancellationToken);
        return int.Parse(line!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
