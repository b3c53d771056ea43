using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Tests.Support;

namespace TogetherAI.Cli.Tests.Tool;

/// <summary>What a server sends must not steer the terminal that shows it.</summary>
public sealed class TerminalTextTests
{
    // Writes the clipboard, begins a sequence in one character, turns the direction, hides, overwrites.
    private const string Hostile = "a\u001b]52;c;eA==\u0007\u009b2J\u202Eb\U000E0001\u2066\rc";

    private static readonly string HostileJson = JsonValue.Create(Hostile).ToJsonString();

    private static IEnumerable<TestCaseData> Commands()
    {
        var token = DrivenServer.Token(Hostile) + DrivenServer.Done;
        var run = ScriptedServer.Response.Json($$$"""{"output":{"choices":[{"text":{{{HostileJson}}}}]}}""");
        var chat = ScriptedServer.Response.Chat(Hostile);
        var tools = new ScriptedServer.Response(
            $$$"""data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":{{{HostileJson}}},"arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""" + "\n\n" + DrivenServer.Done);
        var complete = new ScriptedServer.Response($$"""data: {"choices":[{"index":0,"text":{{HostileJson}},"finish_reason":"stop"}]}""" + "\n\n" + DrivenServer.Done);
        yield return Case("tokens hi", new(token));
        yield return Case("tokens hi --json", new(token));
        yield return Case("stream hi", new(token));
        yield return Case("stream hi --json", new(token));
        yield return Case("bytes hi", new(": " + Hostile.Replace('\r', ' ') + "\n\n" + DrivenServer.Done));
        yield return Case("run hi", run);
        yield return Case("run hi --json", run);
        yield return Case("chat hi", chat);
        yield return Case("chat hi --tools []", tools);
        yield return Case("complete hi", complete);
        yield return Case("models", ScriptedServer.Response.Json($$"""[{"id":{{HostileJson}},"object":"model","created":1,"type":"chat"}]"""));
        yield return Case("models --json", ScriptedServer.Response.Json($$"""[{"id":{{HostileJson}},"object":"model","created":1,"type":"chat"}]"""));
        yield return Case("transcribe https://host/x.wav", ScriptedServer.Response.Json($$"""{"text":{{HostileJson}}}"""));

        static TestCaseData Case(string command, ScriptedServer.Response response) => new TestCaseData(command, response).SetArgDisplayNames(command);
    }

    [TestCaseSource(nameof(Commands)), CancelAfter(60_000)]
    public async Task Text_of_a_server_steers_no_terminal(string command, object response, CancellationToken cancellationToken)
    {
        await using var server = await ScriptedServer.ListenAsync(cancellationToken, (ScriptedServer.Response)response);

        var shown = await new InProcessTool { OutputIsTerminal = true, Width = 80 }.RunAsync([.. command.Split(' '), "--api-url", server.Url]);
        var piped = await new InProcessTool().RunAsync([.. command.Split(' '), "--api-url", server.Url]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown.ExitCode, Is.EqualTo(ExitCodes.Success), shown.Log);
            Assert.That(Steering(shown.Output), Is.Empty);
            Assert.That(shown.Output, Does.Contain(@"\u009b").And.Contain(@"\u202e").And.Contain(@"\udb40\udc01"));
            Assert.That(piped.Output, Does.Contain("\u009b").And.Contain("\u202e").And.Contain("\U000E0001"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Json_at_a_terminal_is_still_the_same_JSON(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedServer.ListenAsync(
            cancellationToken, ScriptedServer.Response.Json($$$"""{"output":{"choices":[{"text":{{{HostileJson}}}}]}}"""));

        var shown = await new InProcessTool { OutputIsTerminal = true }.RunAsync("run", "hi", "--json", "--api-url", server.Url);

        Assert.That(JsonNode.Parse(shown.Output)!["output"]!["choices"]![0]!["text"]!.GetValue<string>(), Is.EqualTo(Hostile));
    }

    [Test, CancelAfter(60_000)]
    public async Task Errors_and_verbose_lines_steer_no_terminal(CancellationToken cancellationToken)
    {
        var refusal = new ScriptedServer.Response($$$$"""{"error":{"message":{{{{HostileJson}}}}}}""", "application/json") { StatusCode = 400, RequestId = "r\u009b2J" };
        await using var server = await ScriptedServer.ListenAsync(cancellationToken, refusal);

        var result = await new InProcessTool { LogIsTerminal = true }.RunAsync("tokens", "hi", "--verbose", "--api-url", server.Url);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Failed));
            // The tool's own colour.
            Assert.That(Steering(Regex.Replace(result.Log, "\u001b\\[[0-9;]+mtogether:\u001b\\[0m", "together:")), Is.Empty);
            Assert.That(result.Log, Does.Contain("400"));
        }
    }

    [Test]
    public void Text_that_is_cut_anywhere_is_shown_as_the_whole()
    {
        const string Text = "é\r\n\r\rx\U0001F468\u200D\U0001F469 \uD800y\U000E0001\u001b\tz\u2028\n";
        const string Expected = "é\n\\u000d\\u000dx\U0001F468\u200D\U0001F469 \uD800y\\udb40\\udc01\\u001b\tz\\u2028\n";

        for (var cut = 0; cut <= Text.Length; cut++)
        {
            using var shown = new StringWriter();
            using var writer = new VisibleWriter(shown);
            writer.Write(Text[..cut]);
            writer.Write(Text[cut..]);
            writer.Flush();

            Assert.That(shown.ToString(), Is.EqualTo(Expected), $"cut at {cut}");
        }
    }

    [TestCase(30), TestCase(50), TestCase(80), TestCase(200)]
    [CancelAfter(60_000)]
    public async Task Models_are_readable_at_any_width(int width, CancellationToken cancellationToken)
    {
        const string Id = "org/model-with-a-long-name-70B";
        await using var server = await ScriptedServer.ListenAsync(cancellationToken, ScriptedServer.Response.Json(
            $$$"""[{"id":"{{{Id}}}","object":"model","created":1,"type":"chat","context_length":131072,"display_name":"A name for people","pricing":{"input":0.88,"output":0.5}}]"""));

        var result = await new InProcessTool { OutputIsTerminal = true, Width = width }.RunAsync("models", "--api-url", server.Url);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.OutputLines, Has.All.Length.LessThanOrEqualTo(width));
            foreach (var cell in new[] { Id, "chat", "131072", "0.88", "0.5", "A name for people" })
            {
                Assert.That(result.Output, Does.Contain(cell));
            }
        }
    }

    // Everything that a terminal may obey, or that hides or turns what stands beside it.
    private static string[] Steering(string text)
        => [.. text.EnumerateRunes().Where(rune => rune.Value is not ('\n' or '\t')
            && (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format)).Select(rune => $"U+{rune.Value:X}")];
}
