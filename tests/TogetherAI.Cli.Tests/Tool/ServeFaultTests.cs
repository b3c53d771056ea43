using System.Text;
using TogetherAI.Cli.Tests.Support;

namespace TogetherAI.Cli.Tests.Tool;

public sealed class ServeFaultTests
{
    [Test, CancelAfter(60_000)]
    public async Task Serve_with_a_fault_fails_as_asked(CancellationToken cancellationToken)
    {
        using var tool = ToolProcess.Start(["serve", "--fault", "server-error=0.5", "--fault", "rate-limit=0.5", "--fault-seed", "4"]);
        var url = await new StreamReader(tool.Output, leaveOpen: true).ReadLineAsync(cancellationToken);
        using var body = new StringContent("""{"model":"m","prompt":"Write 2 words"}""", Encoding.UTF8, "application/json");

        using var response = await PlainHttp.Client.PostAsync(url + "inference", body, cancellationToken);

        Assert.That((int)response.StatusCode, Is.EqualTo(503).Or.EqualTo(429));
    }

    [TestCase("reset"), TestCase("reset=2"), TestCase("reset=-0.1"), TestCase("reset=often"), TestCase("nonsense=0.1")]
    [CancelAfter(60_000)]
    public async Task Serve_with_a_fault_that_there_is_not_is_a_wrong_command_line(string fault, CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, "serve", "--fault", fault);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage));
            Assert.That(result.Log, Does.Contain("--fault"));
        }
    }
}
