using TogetherAI.Cli.Tests.Support;

namespace TogetherAI.Cli.Tests.Tool;

/// <summary>The command line says what it says, and nothing that a parser would like it to say.</summary>
public sealed class CommandLineTests
{
    private const string Key = "tgp_v1_0123456789abcdefghijklmnopqrstuvwxyz";

    [TestCase("@alice said hi"), TestCase("@/etc/hostname"), TestCase("@"), TestCase("@@x")]
    [TestCase("/h"), TestCase("/?"), TestCase("/help me"), TestCase("/etc/hosts")]
    [TestCase("- item"), TestCase("-5"), TestCase("-h is short for help"), TestCase("-:x")]
    [TestCase("--help me"), TestCase("-- two"), TestCase("--stop: what?"), TestCase("---")]
    [TestCase("true"), TestCase("[suggest]"), TestCase("[diagram]"), TestCase("chat"), TestCase("a=b"), TestCase("\"quoted\" 'text'")]
    [CancelAfter(60_000)]
    public async Task Prompt_is_sent_as_it_is_written(string prompt, CancellationToken cancellationToken)
    {
        await using var server = await ScriptedServer.ListenAsync(cancellationToken, new ScriptedServer.Response(DrivenServer.Done));

        var before = await new InProcessTool().RunAsync("tokens", prompt, "--json", "--api-url", server.Url);
        var after = await new InProcessTool().RunAsync("tokens", "--json", "--api-url", server.Url, prompt);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before.ExitCode, before.Log), Is.EqualTo((ExitCodes.Success, "")));
            Assert.That((after.ExitCode, after.Log), Is.EqualTo((ExitCodes.Success, "")));
            Assert.That(server.Requests.Select(request => request.Json["prompt"]!.GetValue<string>()), Is.EqualTo(new[] { prompt, prompt }));
        }
    }

    [TestCase("-h"), TestCase("--help"), TestCase("--stop"), TestCase("--no-such-option"), TestCase("--"), TestCase("-o")]
    [CancelAfter(60_000)]
    public async Task Text_after_two_dashes_is_no_option(string prompt, CancellationToken cancellationToken)
    {
        await using var server = await ScriptedServer.ListenAsync(cancellationToken, new ScriptedServer.Response(DrivenServer.Done));

        var result = await new InProcessTool().RunAsync("tokens", "--api-url", server.Url, "--", prompt);

        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Success), result.Log);
        Assert.That(server.Requests.Single().Json["prompt"]!.GetValue<string>(), Is.EqualTo(prompt));
    }

    [TestCase("--"), TestCase("-"), TestCase("-x"), TestCase("--json"), TestCase("--stop"), TestCase("@x"), TestCase("/h"), TestCase("a:b=c")]
    [CancelAfter(60_000)]
    public async Task Value_of_an_option_is_whatever_follows_it(string value, CancellationToken cancellationToken)
    {
        await using var server = await ScriptedServer.ListenAsync(cancellationToken, new ScriptedServer.Response(DrivenServer.Done));

        var result = await new InProcessTool().RunAsync("tokens", "hi", "--stop", value, "--stop=" + value, "--api-url", server.Url);

        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Success), result.Log);
        Assert.That(server.Requests.Single().Json["stop"]!.AsArray().Select(stop => stop!.GetValue<string>()), Is.EqualTo(new[] { value, value }));
    }

    [TestCase("embed --no-such", "--no-such"), TestCase("tokens -hello", "-hello"), TestCase("tokens --api-key=secret hi", "--api-key"), TestCase("tokens --jsn hi", "--jsn")]
    public async Task Option_that_there_is_not_is_never_taken_for_text(string command, string option)
    {
        var result = await new InProcessTool().RunAsync(command.Split(' '));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage));
            Assert.That(result.LogLines, Has.Length.EqualTo(1));
            Assert.That(result.Log, Does.StartWith($"together: There is no option \"{option}\". Write -- in front").And.Not.Contain("secret"));
        }
    }

    [TestCase("complete -", "prompt"), TestCase("embed -", "input", true), TestCase("embed first -", "input", true), TestCase("rerank - document", "query"), TestCase("rerank query -", "documents", true)]
    [TestCase("chat -", "messages", true), TestCase("chat hi --system -", "messages", true), TestCase("image - -o -", "prompt"), TestCase("speak - -o -", "input")]
    [TestCase("image x -o - --negative-prompt -", "negative_prompt"), TestCase("transcribe -", "")]
    [CancelAfter(60_000)]
    public async Task Dash_is_standard_input(string command, string field, bool isInside = false, CancellationToken cancellationToken = default)
    {
        await using var server = await ScriptedServer.ListenAsync(cancellationToken, ScriptedServer.Response.Json("{}"));

        await new InProcessTool { Input = "text of the pipe\n" }.RunAsync([.. command.Split(' '), "--api-url", server.Url]);

        var request = server.Requests.Single();
        if (field.Length == 0)
        {
            Assert.That(request.Body, Does.Contain("text of the pipe\n"));
        }
        else
        {
            var text = request.Json[field]!.ToJsonString();
            Assert.That(text, isInside ? Does.Contain("\"text of the pipe\"") : Is.EqualTo("\"text of the pipe\""));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Dash_as_the_file_of_a_schema_is_standard_input(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedServer.ListenAsync(cancellationToken, ScriptedServer.Response.Chat("x"));

        await new InProcessTool { Input = """{"type":"object"}""" }.RunAsync("chat", "hi", "--schema", "-", "--api-url", server.Url);

        Assert.That(server.Requests.Single().Json["response_format"]!["json_schema"]!["schema"]!.ToJsonString(), Is.EqualTo("""{"type":"object"}"""));
    }

    [TestCase("embed - -"), TestCase("rerank - -"), TestCase("chat --system - -"), TestCase("chat --system -")]
    public async Task Standard_input_for_two_things_is_a_wrong_command_line(string command)
    {
        var result = await new InProcessTool { Input = "text" }.RunAsync(command.Split(' '));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage));
            Assert.That(result.Log, Does.Contain("can be read only once"));
        }
    }

    [TestCase("[diagram] chat hi", "[diagram]"), TestCase("[suggest] chat hi", "[suggest]"), TestCase("[parse]", "[parse]"), TestCase("[env:A=b] chat hi", "[env:A=b]"), TestCase("[] chat hi", "[]")]
    public async Task Word_in_brackets_is_no_directive_to_the_parser(string line, string word)
    {
        var result = await new InProcessTool().RunAsync(line.Split(' '));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Log, Does.StartWith($"together: There is no command \"{word}\"."));
        }
    }

    [TestCase("complete -"), TestCase("embed -"), TestCase("embed first -"), TestCase("rerank - document"), TestCase("rerank query -"), TestCase("chat -"), TestCase("chat")]
    [TestCase("chat hi --system -"), TestCase("image - -o -"), TestCase("image x -o - --negative-prompt -"), TestCase("speak - -o -"), TestCase("transcribe -"), TestCase("tokens -"), TestCase("chat hi --schema -")]
    [CancelAfter(60_000)]
    public async Task Standard_input_without_content_is_refused(string command, CancellationToken cancellationToken)
    {
        foreach (var input in new[] { "", "\n" })
        {
            if (input.Length > 0 && command is "transcribe -")
            {
                continue;
            }

            await using var server = await ScriptedServer.ListenAsync(cancellationToken, ScriptedServer.Response.Json("{}"));

            var result = await new InProcessTool { Input = input }.RunAsync([.. command.Split(' '), "--api-url", server.Url]);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage), result.Log);
                Assert.That(result.Log, Is.EqualTo("together: Standard input is empty.\n"));
                Assert.That(server.Requests, Is.Empty);
            }
        }
    }

    [TestCase("embed", ""), TestCase("embed", "text", ""), TestCase("rerank", "", "document"), TestCase("rerank", "query", "")]
    public async Task Text_that_is_empty_is_refused(params string[] command)
    {
        var result = await new InProcessTool().RunAsync(command);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage), result.Log);
            Assert.That(result.LogLines, Has.Length.EqualTo(1));
            Assert.That(result.Log, Does.Contain("is empty."));
        }
    }

    [TestCase("Authorization: Bearer " + Key, "key: ****wxyz (header Authorization)"), TestCase("authorization: short", "key: **** (header Authorization)"), TestCase("X-Other: 1", "key: none")]
    [TestCase("X-Api-Key: " + Key, "key: ****wxyz (header X-Api-Key)"), TestCase("x-api-key: short", "key: **** (header x-api-key)"), TestCase("X-Auth-Token: " + Key, "key: ****wxyz (header X-Auth-Token)"), TestCase("Cookie: session=" + Key, "key: ****wxyz (header Cookie)")]
    [CancelAfter(60_000)]
    public async Task Verbose_says_which_key_is_sent(string header, string expected, CancellationToken cancellationToken)
    {
        await using var server = await ScriptedServer.ListenAsync(cancellationToken, new ScriptedServer.Response(DrivenServer.Done));

        var result = await new InProcessTool().RunAsync("tokens", "hi", "--verbose", "--header", header, "--api-url", server.Url);

        Assert.That(result.LogLines, Does.Contain(expected));
        Assert.That(result.Log, Does.Not.Contain(Key));
    }
}
