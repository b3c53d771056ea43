using System.Text.Json.Nodes;
using TogetherAI.Cli.Tests.Support;

namespace TogetherAI.Cli.Tests.Tool;

/// <summary>Chat turn by turn: no failure of a turn costs the turns before.</summary>
public sealed class ConversationTests
{
    [Test, CancelAfter(60_000)]
    public async Task Failure_of_a_turn_is_told_and_the_turns_before_are_kept(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedServer.ListenAsync(
            cancellationToken,
            ScriptedServer.Response.Chat("first answer"),
            new ScriptedServer.Response("""{"error":{"message":"too long"}}""", "application/json") { StatusCode = 400 },
            ScriptedServer.Response.Chat("half", isWhole: false),
            ScriptedServer.Response.Chat("last answer"));
        var tool = new InProcessTool { InputIsTerminal = true, Input = "one\ntwo\nthree\nfour\n" };

        var result = await tool.RunAsync("chat", "--api-url", server.Url);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Success));
            Assert.That(result.Output, Is.EqualTo("first answer\nhalf\nlast answer\n"));
            Assert.That(result.Log, Does.Contain("too long").And.Contain("without this message").And.Contain("is incomplete"));
            Assert.That(result.Log, Does.EndWith("> \n"), "the end of the input ends the line of the question");
            Assert.That(Messages(server), Is.EqualTo(new[] { "user one", "assistant first answer", "user three", "assistant half", "user four" }));
        }
    }

    [TestCase("message", "messages")]
    [TestCase("respond", "input")]
    [CancelAfter(60_000)]
    public async Task Conversation_has_the_form_of_any_endpoint_and_outlives_failures(string command, string field, CancellationToken cancellationToken)
    {
        await using var server = await ScriptedServer.ListenAsync(
            cancellationToken,
            Response(command, "first answer"),
            new ScriptedServer.Response("""{"error":{"message":"too long"}}""", "application/json") { StatusCode = 400 },
            Response(command, "half", isWhole: false),
            Response(command, "last answer"));
        var tool = new InProcessTool { InputIsTerminal = true, Input = "one\ntwo\nthree\nfour\n" };

        var result = await tool.RunAsync(command, "--api-url", server.Url);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Output, Is.EqualTo("first answer\nhalf\nlast answer\n"));
            Assert.That(result.Log, Does.Contain("too long").And.Contain("without this message").And.Contain("is incomplete"));
            Assert.That(
                server.Requests.Last().Json[field]!.AsArray().Select(message => $"{message!["role"]} {(message["content"] is JsonArray parts ? parts[0]!["text"] : message["content"])}"),
                Is.EqualTo(new[] { "user one", "assistant first answer", "user three", "assistant half", "user four" }));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Interruption_of_an_answer_ends_the_answer_alone(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedServer.ListenAsync(
            cancellationToken,
            ScriptedServer.Response.Chat("first answer"),
            ScriptedServer.Response.Chat("part", isWhole: false) with { StaysOpen = true },
            ScriptedServer.Response.Chat("last answer"));
        var tool = new InProcessTool { InputIsTerminal = true, Input = "one\ntwo\nthree\n\n" };

        var running = tool.RunAsync("chat", "--api-url", server.Url);
        await Eventually.TrueAsync(() => tool.Output.Contains("part", StringComparison.Ordinal), cancellationToken);
        var isFirst = tool.Interruption.Interrupt();
        var result = await running;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isFirst, Is.True);
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Success));
            Assert.That(result.Output, Is.EqualTo("first answer\npart\nlast answer\n"));
            Assert.That(Messages(server), Is.EqualTo(new[] { "user one", "assistant first answer", "user two", "assistant part", "user three" }));
        }
    }

    [Test]
    public void Second_interruption_during_a_turn_ends_everything()
    {
        using var interruption = new Interruption();
        using var turn = interruption.BeginTurn();

        Assert.That(interruption.Interrupt(), Is.True);
        Assert.That((turn.Token.IsCancellationRequested, interruption.Token.IsCancellationRequested), Is.EqualTo((true, false)));
        Assert.That(interruption.Interrupt(), Is.True);
        Assert.That(interruption.Token.IsCancellationRequested, Is.True);
        Assert.That(interruption.Interrupt(), Is.False);
    }

    [Test, CancelAfter(60_000)]
    [Platform("Linux", Reason = "script of util-linux")]
    public async Task Conversation_at_a_real_terminal_outlives_Ctrl_C_and_ends_with_Ctrl_D(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedServer.ListenAsync(
            cancellationToken, ScriptedServer.Response.Chat("half an\u001b answer", isWhole: false) with { StaysOpen = true }, ScriptedServer.Response.Chat("whole"));
        using var terminal = new TerminalProcess("chat", "--api-url", server.Url);

        await terminal.WaitForAsync("> ", cancellationToken);
        terminal.Type("größer\n");
        await terminal.WaitForAsync("answer", cancellationToken);
        terminal.Type("\u0003");
        await terminal.WaitForAsync("continues", cancellationToken);
        await terminal.WaitForAsync("> ", cancellationToken);
        terminal.Type("again\n");
        await terminal.WaitForAsync("whole", cancellationToken);
        await terminal.WaitForAsync("> ", cancellationToken);
        terminal.Type("\u0004");
        var code = await terminal.ExitAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Success), terminal.Screen);
            Assert.That(terminal.Screen, Does.Contain(@"half an\u001b answer").And.EndWith("> \r\n"));
            Assert.That(Messages(server)[0], Is.EqualTo("user größer"));
        }
    }

    private static ScriptedServer.Response Response(string command, string text, bool isWhole = true)
    {
        var (piece, end) = command == "message"
            ? ($$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{{{text}}}"}}""", """{"type":"message_stop"}""")
            : ($$"""{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"{{text}}"}""", """{"type":"response.completed","response":{"output":[]}}""");
        return new ScriptedServer.Response($"data: {piece}\n\n" + (isWhole ? $"data: {end}\n\n" : ""));
    }

    private static string[] Messages(ScriptedServer server)
        => [.. server.Requests.Last().Json["messages"]!.AsArray().Select(message => $"{message!["role"]} {Text(message)}")];

    private static string Text(JsonNode message) => message["content"]!.GetValue<string>();
}
