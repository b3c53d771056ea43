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
            Assert.That(result.Log, Does.Contain("mock server, not a model"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Serve_with_models_knows_no_others(CancellationToken cancellationToken)
    {
        using var tool = ToolProcess.Start(["serve", "--model", "m", "--model", "org/other"]);
        var url = await new StreamReader(tool.Output, leaveOpen: true).ReadLineAsync(cancellationToken);

        using var answered = await PostAsync(url!, key: "any", cancellationToken);
        using var refused = await PostAsync(url!, key: "any", cancellationToken, model: "org/none");

        Assert.That(new[] { answered.StatusCode, refused.StatusCode }, Is.EqualTo(new[] { HttpStatusCode.OK, HttpStatusCode.NotFound }));
    }

    [Test, CancelAfter(60_000)]
    public async Task Serve_with_a_model_without_a_name_is_a_wrong_command_line(CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, "serve", "--model", "");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage));
            Assert.That(result.Log, Does.Contain("--model"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Serve_on_a_taken_port_is_one_line_and_exit_code_1(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);

        var result = await InProcessTool.RunAsync(cancellationToken, "serve", "--port", $"{server.Url.Port}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Failed));
            Assert.That(result.LogLines, Has.Length.EqualTo(1));
            Assert.That(result.Log, Does.Contain("already in use"));
        }
    }

    private static async Task<HttpResponseMessage> PostAsync(string url, string key, CancellationToken cancellationToken, string model = "m")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url + "inference")
        {
            Content = new StringContent($$"""{"model":"{{model}}","prompt":"Write 2 words"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + key);
        return await PlainHttp.Client.SendAsync(request, cancellationToken);
    }
}
