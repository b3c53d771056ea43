using System.Text.Json.Nodes;
using TogetherAI.Cli.Tests.Support;

namespace TogetherAI.Cli.Tests.Tool;

public sealed class OutputTests
{
    private const string Response = """{"output":{"choices":[{"text":"Grüße 👋"},{"text":"second"}]},"never_heard_of":1}""";

    [Test, CancelAfter(60_000)]
    public async Task Tokens_appear_before_the_stream_has_ended(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        using var tool = ToolProcess.Start(["tokens", "hi", "--api-url", server.Url]);

        server.Send(DrivenServer.Token("Hel"));
        var first = await tool.ReadAsync(3, cancellationToken);
        var runs = !tool.HasExited;
        server.Send(DrivenServer.Token("lo "), DrivenServer.Token("wörld"), DrivenServer.Token("</s>", special: true), DrivenServer.Done);
        var result = await tool.FinishAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.EqualTo("Hel"));
            Assert.That(runs, Is.True);
            Assert.That(result, Is.EqualTo(new ToolResult(ExitCodes.Success, "lo wörld\n", "")));
        }
    }

    [TestCase("tokens hi --special", "a</s>\n")]
    [TestCase("tokens hi --json", "\"a\"\n")]
    [TestCase("tokens hi --json --special", "\"a\"\n\"</s>\"\n")]
    [TestCase("stream hi", "\"a\"               token 7  logprob -0.5\n")]
    [TestCase("stream hi --special", "\"a\"               token 7  logprob -0.5\n\"</s>\"            token 7  logprob -0.5  special\n")]
    [CancelAfter(60_000)]
    public async Task Special_tokens_are_shown_on_request_only(string command, string expected, CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send(DrivenServer.Token("a"), DrivenServer.Token("</s>", special: true), DrivenServer.Done);

        var result = await InProcessTool.RunAsync(cancellationToken, [.. command.Split(' '), "--api-url", server.Url]);

        Assert.That(result, Is.EqualTo(new ToolResult(ExitCodes.Success, expected, "")));
    }

    [Test, CancelAfter(60_000)]
    public async Task Stream_json_is_one_chunk_a_line_with_every_field(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send("data: {\"choices\":[{\"text\":\"a\\nb\"}],\"never_heard_of\":{\"x\":[1]}}\n\n", DrivenServer.Token("</s>", special: true), DrivenServer.Done);

        var result = await InProcessTool.RunAsync(cancellationToken, "stream", "hi", "--json", "--api-url", server.Url);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.OutputLines, Has.Length.EqualTo(2));
            Assert.That(result.OutputLines[0], Is.EqualTo("""{"choices":[{"text":"a\nb"}],"never_heard_of":{"x":[1]}}"""));
            Assert.That(JsonNode.Parse(result.OutputLines[1])!["token"]!["special"]!.GetValue<bool>(), Is.True);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Stream_prints_usage_and_choices(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send(
            "data: {\"choices\":[{\"text\":\"a\",\"index\":1,\"finish_reason\":\"eos\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}\n\n",
            DrivenServer.Done);

        var result = await InProcessTool.RunAsync(cancellationToken, "stream", "hi", "--api-url", server.Url);

        Assert.That(result.Output, Is.EqualTo("\"a\"               choice 1  finish eos\nusage: 1 prompt + 2 completion = 3 tokens\n"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Run_prints_the_text_of_the_first_choice(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(200, "application/json", cancellationToken);
        server.Send(Response);
        server.End();

        var result = await InProcessTool.RunAsync(cancellationToken, "run", "hi", "--api-url", server.Url);

        Assert.That(result, Is.EqualTo(new ToolResult(ExitCodes.Success, "Grüße 👋\n", "")));
    }

    [Test, CancelAfter(60_000)]
    public async Task Run_json_prints_the_whole_response(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(200, "application/json", cancellationToken);
        server.Send(Response);
        server.End();

        var result = await InProcessTool.RunAsync(cancellationToken, "run", "hi", "--json", "--api-url", server.Url);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonNode.DeepEquals(JsonNode.Parse(result.Output), JsonNode.Parse(Response)), Is.True, result.Output);
            Assert.That(result.OutputLines, Has.Length.GreaterThan(1));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Bytes_copies_what_the_server_sent(CancellationToken cancellationToken)
    {
        const string Wire = ": note\r\n\r\ndata: {\"choices\":[{\"text\":\"é\"}]}\n\nid: 9\rdata:[DONE]\n\n";
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send(Wire);
        server.End();

        var result = await ToolProcess.RunAsync(cancellationToken, "bytes", "hi", "--api-url", server.Url);

        Assert.That(result, Is.EqualTo(new ToolResult(ExitCodes.Success, Wire, "")));
    }

    [Test, CancelAfter(60_000)]
    public async Task Tool_without_key_and_address_starts_the_embedded_server_and_says_so_on_one_line(CancellationToken cancellationToken)
    {
        var result = await ToolProcess.RunAsync(cancellationToken, "tokens", "Using no more than 20 words, what is the Eiffel tower?");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Success));
            Assert.That(result.Output, Does.Contain("mock server").And.Contain("Eiffel").And.Not.Contain("</s>"));
            Assert.That(result.LogLines, Has.Length.EqualTo(1));
            Assert.That(result.Log, Does.Contain("TOGETHER_API_KEY").And.Contain("mock server").And.Contain("not a model"));
        }
    }

    [TestCase("run", "I am\n"), TestCase("tokens", " I am\n")]
    [CancelAfter(60_000)]
    public async Task Embedded_server_serves_each_command(string command, string expected, CancellationToken cancellationToken)
    {
        var result = await ToolProcess.RunAsync(cancellationToken, command, "Write 2 words");

        Assert.That(result.Output, Is.EqualTo(expected));
    }
}
