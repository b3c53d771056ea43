using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Tool;

[Platform(Exclude = "Win", Reason = "POSIX signals and pipes")]
public sealed class StopTests
{
    [TestCase("tokens", ToolProcess.Interrupt), TestCase("tokens", ToolProcess.Terminate), TestCase("bytes", ToolProcess.Interrupt)]
    [CancelAfter(60_000)]
    public async Task Signal_closes_the_connection_and_gives_exit_code_130(string command, int signal, CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        using var tool = ToolProcess.Start([command, "hi", "--api-url", server.Url]);
        server.Send(DrivenServer.Token("first"));
        await tool.ReadAsync(5, cancellationToken);

        tool.Signal(signal);
        var result = await tool.FinishAsync(cancellationToken);

        await server.Disconnected.WaitAsync(cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Interrupted));
            Assert.That(result.Log, Is.Empty);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Signal_reaches_a_tool_whose_parent_ignores_signals(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(200, "application/json", cancellationToken);
        using var tool = Signals.Ignored(() => ToolProcess.Start(["run", "hi", "--api-url", server.Url]));
        await server.Request.WaitAsync(cancellationToken);

        tool.Signal(ToolProcess.Interrupt);
        var result = await tool.FinishAsync(cancellationToken);

        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Interrupted));
    }

    [Test, CancelAfter(60_000)]
    public async Task Signal_while_waiting_for_a_whole_answer_gives_exit_code_130(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(200, "application/json", cancellationToken);
        using var tool = ToolProcess.Start(["run", "hi", "--api-url", server.Url]);
        await server.Request.WaitAsync(cancellationToken);

        tool.Signal(ToolProcess.Interrupt);
        var result = await tool.FinishAsync(cancellationToken);

        await server.Disconnected.WaitAsync(cancellationToken);
        Assert.That(result, Is.EqualTo(new ToolResult(ExitCodes.Interrupted, "", "")));
    }

    [Test, CancelAfter(60_000)]
    public async Task Closed_output_ends_the_tool_quietly_and_the_connection_with_it(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 200 }, cancellationToken);
        using var tool = ToolProcess.Start(
            ["stream", "Write 900000 words", "--max-tokens", "900000", "--api-url", server.Url + "inference"]);
        await tool.ReadAsync(3, cancellationToken);

        var result = await tool.CloseOutputAsync(cancellationToken);

        await Eventually.TrueAsync(() => server.ActiveStreams == 0, cancellationToken);
        Assert.That(result, Is.EqualTo(new ToolResult(ExitCodes.Success, "", "")));
    }

    [Test, CancelAfter(60_000)]
    public async Task Closed_output_ends_the_copy_of_bytes_quietly(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 200 }, cancellationToken);
        using var tool = ToolProcess.Start(
            ["bytes", "Write 900000 words", "--max-tokens", "900000", "--api-url", server.Url + "inference"]);
        await tool.ReadAsync(3, cancellationToken);

        var result = await tool.CloseOutputAsync(cancellationToken);

        Assert.That(result, Is.EqualTo(new ToolResult(ExitCodes.Success, "", "")));
    }
}
