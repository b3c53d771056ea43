using System.Net;
using System.Text;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Tool;

public sealed class ServeTests
{
    [Test, CancelAfter(60_000)]
    [Platform(Exclude = "Win", Reason = "POSIX signals")]
    public async Task Serve_answers_any_HTTP_client_until_it_is_stopped(CancellationToken cancellationToken)
    {
        using var tool = ToolProcess.Start(["serve", "--api-key", "the-key", "--tokens-per-second", "0"]);
        var url = await new StreamReader(tool.Output, leaveOpen: true).ReadLineAsync(cancellationToken);

        using var refused = await PostAsync(url!, key: "another", cancellationToken);
        using var answered = await PostAsync(url!, key: "the-key", cancellationToken);
        var json = await PlainHttp.JsonAsync(answered, cancellationToken);
        tool.Signal(ToolProcess.Terminate);
        var result = await tool.FinishAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(PlainHttp.Text(json), Is.EqualTo("I am"));
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Interrupted));
            Assert.That(result.LogLines, Has.Length.EqualTo(1));
            Assert.That(result.Log, Does.Contain("stand-in, not a model"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Serve_on_a_taken_port_is_one_line_and_exit_code_1(CancellationToken cancellationToken)
    {
        await using var server = await TogetherLocalServer.StartAsync(cancellationToken: cancellationToken);

        var result = await ToolProcess.RunAsync(cancellationToken, "serve", "--port", $"{server.Url.Port}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Failed));
            Assert.That(result.LogLines, Has.Length.EqualTo(1));
            Assert.That(result.Log, Does.Contain("already in use"));
        }
    }

    private static async Task<HttpResponseMessage> PostAsync(string url, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url + "inference")
        {
            Content = new StringContent("""{"model":"m","prompt":"Write 2 words"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + key);
        return await PlainHttp.Client.SendAsync(request, cancellationToken);
    }
}
