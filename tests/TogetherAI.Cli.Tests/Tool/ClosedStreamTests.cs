using TogetherAI.Cli.Tests.Support;

namespace TogetherAI.Cli.Tests.Tool;

[Platform(Exclude = "Win", Reason = "streams that a shell closes")]
public sealed class ClosedStreamTests
{
    [TestCase("hi", ">&-", ExitCodes.Usage, "together: Standard output is closed: there is nowhere to write to.\n")]
    [TestCase("-", "<&-", ExitCodes.Usage, "together: Standard input is closed: there is nothing to read.\n")]
    [TestCase("-", "</", ExitCodes.Usage, "together: Standard input cannot be read: Is a directory\n")]
    [TestCase("hi", "1</dev/null", ExitCodes.Failed, "together: Standard output cannot be written: Access to the path is denied.\n")]
    [CancelAfter(60_000)]
    public async Task Stream_that_cannot_be_used_is_one_line(string prompt, string redirection, int code, string log, CancellationToken cancellationToken)
    {
        await using var server = await ScriptedServer.ListenAsync(cancellationToken, new ScriptedServer.Response(DrivenServer.Token("text") + DrivenServer.Done));
        using var tool = ToolProcess.Start(["tokens", prompt, "--api-url", server.Url], redirection: redirection);

        var result = await tool.FinishAsync(cancellationToken);

        Assert.That(result, Is.EqualTo(new ToolResult(code, "", log)));
    }

    [Test, CancelAfter(60_000)]
    public async Task Closed_standard_error_costs_nothing_of_the_result(CancellationToken cancellationToken)
    {
        using var tool = ToolProcess.Start(["tokens", "Write 2 words"], redirection: "2>&-");

        var result = await tool.FinishAsync(cancellationToken);

        Assert.That(result, Is.EqualTo(new ToolResult(ExitCodes.Success, " I am\n", "")));
    }
}
