using System.Net;
using System.Net.Sockets;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Tool;

public sealed class FailureTests
{
    private const string SecretKey = "tgp_v1_0123456789abcdefghijklmnopqrstuvwxyz";

    [TestCase("frobnicate hi")]
    [TestCase("tokens")]
    [TestCase("tokens hi there")]
    [TestCase("tokens hi --no-such-option")]
    [TestCase("tokens hi --max-tokens many")]
    [TestCase("tokens hi --temperature NaN")]
    [TestCase("tokens hi --temperature 1,5")]
    [TestCase("tokens hi --max-tokens 1,000")]
    [TestCase("serve --tokens-per-second 1,5")]
    [TestCase("image lamp -o /no/such/folder/lamp.png")]
    [TestCase("speak hi -o /")]
    [TestCase("tokens hi --seed 79228162514264337593543950336")]
    [TestCase("tokens hi --api-url somewhere")]
    [TestCase("tokens hi --api-url ftp://host/x")]
    [TestCase("tokens hi --header no-colon-secret")]
    [TestCase("tokens hi --header b@d:secret")]
    [TestCase("tokens hi --timeout 0")]
    [TestCase("tokens hi --api-key secret")]
    [TestCase("tokens -")]
    [TestCase("bytes hi --json")]
    [TestCase("run hi --special")]
    [TestCase("serve --port 65536")]
    [TestCase("serve --tokens-per-second -1")]
    [CancelAfter(60_000)]
    public async Task Wrong_command_line_is_one_line_and_exit_code_2(string command, CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, [.. command.Split(' ')]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.LogLines.Where(line => !line.StartsWith("No TOGETHER_API_KEY", StringComparison.Ordinal)).ToArray(), Has.Length.EqualTo(1));
            Assert.That(result.LogLines[^1], Does.StartWith("together: "));
        }
    }

    [TestCase("--foo", "There is no option \"--foo\". See together --help.")]
    [TestCase("image lamp -o ", "--output needs the name of a file. See together image --help.")]
    [TestCase("tokns hi", "There is no command \"tokns\". See together --help.")]
    [TestCase("tokens hi --max-tokens many", "--max-tokens needs an integer. See together tokens --help.")]
    [TestCase("tokens hi --temperature 1,5", "--temperature needs a number, such as 0.5. See together tokens --help.")]
    [TestCase("image lamp -o /no/such/folder/lamp.png", "--output cannot be written: there is no folder /no/such/folder. See together image --help.")]
    [CancelAfter(60_000)]
    public async Task Wrong_command_line_says_what_to_do(string command, string message, CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, [.. command.Split(' ')]);

        Assert.That(result.LogLines[^1], Is.EqualTo("together: " + message));
    }

    [TestCase(false), TestCase(true)]
    [CancelAfter(60_000)]
    public async Task Key_goes_over_plain_http_to_another_host_by_choice_only(bool allow, CancellationToken cancellationToken)
    {
        using var tool = ToolProcess.Start(["run", "hi", "--api-url", "http://host.invalid/run", .. allow ? ["--allow-insecure-http"] : Array.Empty<string>()], key: SecretKey);

        var result = await tool.FinishAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(allow ? ExitCodes.NotConnected : ExitCodes.Usage));
            Assert.That(result.Log.Contains("use --allow-insecure-http", StringComparison.Ordinal), Is.EqualTo(!allow), result.Log);
        }
    }

    [TestCase("--header", "X: secret\r\nY: z")]
    [TestCase("--header", "secret-without-colon")]
    [CancelAfter(60_000)]
    public async Task Wrong_header_is_not_quoted_back(string option, string value, CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, "run", "hi", option, value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage));
            Assert.That(result.Log, Does.Not.Contain("secret"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Error_of_the_server_is_one_line_and_exit_code_1(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);

        var result = await InProcessTool.RunAsync(cancellationToken, "run", "hi", "--top-p", "2", "--api-url", server.Url + "inference");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Failed));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.LogLines, Has.Length.EqualTo(1));
            Assert.That(result.Log, Does.StartWith("together: ").And.Contain("400").And.Contain("top_p must be between 0 and 1"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Error_inside_the_stream_is_one_line_after_the_tokens_and_exit_code_1(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send(DrivenServer.Token("half"), "data: {\"error\":{\"message\":\"worker\\nlost\"}}\n\n");

        var result = await InProcessTool.RunAsync(cancellationToken, "tokens", "hi", "--api-url", server.Url);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Failed));
            Assert.That(result.Output, Is.EqualTo("half\n"));
            Assert.That(result.LogLines, Has.Length.EqualTo(1));
            Assert.That(result.Log, Does.Contain("worker lost"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Stream_that_breaks_off_is_exit_code_3(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send(DrivenServer.Token("half"));
        server.End();

        var result = await InProcessTool.RunAsync(cancellationToken, "tokens", "hi", "--api-url", server.Url);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.NotConnected));
            Assert.That(result.Output, Is.EqualTo("half\n"));
            Assert.That(result.LogLines, Has.Length.EqualTo(1));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task No_server_at_the_address_is_exit_code_3(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var result = await InProcessTool.RunAsync(cancellationToken, "run", "hi", "--api-url", $"http://127.0.0.1:{port}/inference");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.NotConnected));
            Assert.That(result.LogLines, Has.Length.EqualTo(1));
        }
    }

    [TestCase("run"), TestCase("tokens")]
    [CancelAfter(60_000)]
    public async Task Timeout_is_one_line_and_exit_code_3(string command, CancellationToken cancellationToken)
    {
        // It sends the headers only with the first piece, which never comes.
        await using var server = await DrivenServer.ListenAsync(cancellationToken);

        var result = await InProcessTool.RunAsync(cancellationToken, command, "hi", "--timeout", "0.3", "--api-url", server.Url);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.NotConnected));
            Assert.That(result.LogLines, Has.Length.EqualTo(1));
            Assert.That(result.Log, Does.Contain("0.3 s"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Verbose_shows_request_status_id_time_and_a_masked_key(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(
            new TogetherAILocalServerOptions { ApiKey = SecretKey, TokensPerSecond = 0 }, cancellationToken);
        var url = server.Url + "inference";

        using var tool = ToolProcess.Start(["run", "Write 2 words", "--verbose", "--api-url", url + "?q=hidden"], key: SecretKey);
        var result = await tool.FinishAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Success), result.Log);
            Assert.That(result.Output, Is.EqualTo("I am\n"));
            Assert.That(result.Log, Does.Match($@"POST {url}\?\*: 200 after \d+ ms"));
            Assert.That(result.Log, Does.Match(@"request id: [0-9a-f]{16}-LOCAL"));
            Assert.That(result.Log, Does.Match(@"done after \d+ ms"));
            Assert.That(result.Log, Does.Contain("key: ****wxyz").And.Not.Contain(SecretKey).And.Not.Contain("hidden"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Verbose_error_has_its_stack_and_still_no_key(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { ApiKey = "other" }, cancellationToken);

        using var tool = ToolProcess.Start(
            ["tokens", "hi", "--verbose", "--api-url", server.Url + "inference", "--header", "X-Token: my-other-secret"], key: SecretKey);
        var result = await tool.FinishAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Failed));
            Assert.That(result.Log, Does.Contain("401").And.Contain("   at "));
            Assert.That(result.Log, Does.Not.Contain(SecretKey[..^4]).And.Not.Contain("my-other-secret"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Verbose_changes_nothing_of_the_request(CancellationToken cancellationToken)
    {
        await using var plain = await DrivenServer.ListenAsync(cancellationToken);
        await using var watched = await DrivenServer.ListenAsync(cancellationToken);
        plain.Send(DrivenServer.Done);
        watched.Send(DrivenServer.Done);

        await InProcessTool.RunAsync(cancellationToken, "tokens", "hi", "--api-url", plain.Url);
        await InProcessTool.RunAsync(cancellationToken, "tokens", "hi", "--verbose", "--api-url", watched.Url);

        Assert.That((await watched.Request).Headers.Keys, Is.EquivalentTo((await plain.Request).Headers.Keys));
    }

    [Test, CancelAfter(60_000)]
    public async Task Help_documents_every_exit_code(CancellationToken cancellationToken)
    {
        var codes = typeof(ExitCodes).GetFields().Where(field => field.FieldType == typeof(int)).Select(field => (int)field.GetRawConstantValue()!);

        var result = await InProcessTool.RunAsync(cancellationToken, "--help");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Success));
            foreach (var code in codes)
            {
                Assert.That(result.Output, Does.Match($@"(?m)^  {code} +\w"));
            }
        }
    }
}
