using System.Text;
using System.Text.Json.Nodes;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Tool;

public sealed class AreaCommandTests
{
    private DirectoryInfo _folder = null!;

    [OneTimeSetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("together-");

    [OneTimeTearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [TestCase("chat"), TestCase("complete"), TestCase("message"), TestCase("respond")]
    [CancelAfter(60_000)]
    public async Task Text_is_printed_without_a_key(string command, CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, command, "Write 4 words");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Success));
            Assert.That(result.Output.TrimStart(), Is.EqualTo("I am a local\n"));
            Assert.That(result.LogLines, Has.Length.EqualTo(1));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Chat_sends_system_message_schema_and_fields(CancellationToken cancellationToken)
    {
        var schema = Path.Combine(_folder.FullName, "schema.json");
        await File.WriteAllTextAsync(schema, """{"type":"object"}""", cancellationToken);
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße\"},\"finish_reason\":\"stop\"}]}\n\n", DrivenServer.Done);
        server.End();

        using var tool = ToolProcess.Start(
            ["chat", "--system", "Be brief.", "--schema", schema, "--stop", "a", "--stop", "b", "--tool-choice", "auto", "--api-url", server.Url], input: "hi\n");
        var result = await tool.FinishAsync(cancellationToken);

        var body = (await server.Request).Json;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(new ToolResult(ExitCodes.Success, "Grüße\n", "")));
            Assert.That(body["messages"]!.ToJsonString(), Is.EqualTo("""[{"role":"system","content":"Be brief."},{"role":"user","content":"hi"}]"""));
            Assert.That(body["response_format"]!["json_schema"]!["schema"]!.ToJsonString(), Is.EqualTo("""{"type":"object"}"""));
            Assert.That(body["stop"]!.ToJsonString(), Is.EqualTo("""["a","b"]"""));
            Assert.That(body["tool_choice"]!.GetValue<string>(), Is.EqualTo("auto"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Chat_prints_calls_of_tools(CancellationToken cancellationToken)
    {
        const string Tools = """[{"type":"function","function":{"name":"get_weather","parameters":{"properties":{"city":{"type":"string"}}}}}]""";

        var result = await InProcessTool.RunAsync(cancellationToken, "chat", "Weather?", "--tools", Tools);

        Assert.That(result.Output, Is.EqualTo("get_weather({\"city\":\"city\"})\n"));
    }

    [TestCase("message", """[{"name":"get_weather","input_schema":{"properties":{"city":{"type":"string"}}}}]""")]
    [TestCase("respond", """[{"type":"function","name":"get_weather","parameters":{"properties":{"city":{"type":"string"}}}}]""")]
    [CancelAfter(60_000)]
    public async Task Message_and_response_print_calls_of_tools(string command, string tools, CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, command, "Weather?", "--tools", tools);

        Assert.That(result.Output, Is.EqualTo("get_weather({\"city\":\"city\"})\n"));
    }

    [TestCase("message", "text")]
    [TestCase("respond", "output_text")]
    [CancelAfter(60_000)]
    public async Task Message_and_response_are_printed_as_JSON(string command, string part, CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, command, "Write 4 words", "--json");

        var json = JsonNode.Parse(result.Output)!;
        var block = command == "message" ? json["content"]![0]! : json["output"]![0]!["content"]![0]!;
        Assert.That((block["type"]!.GetValue<string>(), block["text"]!.GetValue<string>()), Is.EqualTo((part, "I am a local")));
    }

    [Test, CancelAfter(60_000)]
    public async Task Message_sends_its_fields(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"text\":\"Grüße\"}}\n\n", "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        server.End();

        using var tool = ToolProcess.Start(["message", "-", "--system", "42", "--max-tokens", "7", "--stop-sequences", "a", "--tool-choice", "{\"type\":\"none\"}", "--api-url", server.Url], input: "hi\n");
        var result = await tool.FinishAsync(cancellationToken);

        Assert.That(result, Is.EqualTo(new ToolResult(ExitCodes.Success, "Grüße\n", "")));
        Assert.That(JsonNode.DeepEquals((await server.Request).Json, JsonNode.Parse("""{"model":"zai-org/GLM-5.3","messages":[{"role":"user","content":"hi"}],"max_tokens":7,"system":"42","stop_sequences":["a"],"stream":true,"tool_choice":{"type":"none"}}""")));
    }

    [Test, CancelAfter(60_000)]
    public async Task Embed_prints_a_vector_a_line(CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, "embed", "one", "two");

        Assert.That(result.OutputLines.Select(line => JsonNode.Parse(line)!.AsArray().Count), Is.EqualTo(new[] { 384, 384 }));
    }

    [Test, CancelAfter(60_000)]
    public async Task Rerank_prints_the_best_first(CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, "rerank", "red cat", "a dog", "the red\tcat");

        Assert.That(result.Output, Is.EqualTo("0.8000\t1\tthe red cat\n0.0000\t0\ta dog\n"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Models_are_lines_with_tabs_in_a_pipe_and_an_array_as_JSON(CancellationToken cancellationToken)
    {
        var lines = await InProcessTool.RunAsync(cancellationToken, "models");
        var json = await InProcessTool.RunAsync(cancellationToken, "models", "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.OutputLines[0].Split('\t').Take(2), Is.EqualTo(new[] { "local/mock-chat", "chat" }));
            Assert.That(JsonNode.Parse(json.Output)!.AsArray(), Has.Count.EqualTo(lines.OutputLines.Length));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Image_is_written_to_a_file(CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder.FullName, "lamp.png");

        var result = await InProcessTool.RunAsync(cancellationToken, "image", "a lamp", "-o", path, "--width", "32", "--height", "32");

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Output, Is.EqualTo(path + "\n"));
            Assert.That(Encoding.ASCII.GetString(bytes, 1, 3), Is.EqualTo("PNG"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Video_is_awaited_and_downloaded_without_the_key(CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder.FullName, "waves.mp4");
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { ApiKey = "the-key" }, cancellationToken);

        using var tool = ToolProcess.Start(
            ["video", "waves", "-o", path, "--api-url", server.Url.AbsoluteUri], key: "the-key");
        var result = await tool.FinishAsync(cancellationToken);

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((result.ExitCode, result.Output), Is.EqualTo((ExitCodes.Success, path + "\n")));
            Assert.That(result.Log, Does.StartWith("The video video-").And.EndWith(" was started.\n"));
            Assert.That(Encoding.ASCII.GetString(bytes, 4, 4), Is.EqualTo("ftyp"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Speech_is_written_and_transcribed(CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder.FullName, "hello.wav");

        var spoken = await InProcessTool.RunAsync(cancellationToken, "speak", "hello", "-o", path);
        var written = await InProcessTool.RunAsync(cancellationToken, "transcribe", path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(spoken.Output, Is.EqualTo(path + "\n"));
            Assert.That(written.Output, Does.Contain($"hello.wav, {new FileInfo(path).Length} bytes"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task File_of_a_refused_request_is_not_written(CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder.FullName, "never.wav");

        var result = await InProcessTool.RunAsync(cancellationToken, "speak", "hello", "-o", path, "--response-format", "mp3");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Failed));
            Assert.That(result.LogLines[^1], Does.StartWith("together: ").And.Contain("response_format"));
            Assert.That(File.Exists(path), Is.False);
        }
    }

    [TestCase("chat hi --schema /no/such/file")]
    [TestCase("embed")]
    [TestCase("rerank query")]
    [TestCase("image lamp")]
    [TestCase("speak hello")]
    [TestCase("transcribe /no/such/file")]
    [CancelAfter(60_000)]
    public async Task Unusable_command_line_is_one_line_and_exit_code_2(string command, CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, command.Split(' '));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.LogLines, Has.Length.EqualTo(1));
        }
    }

    [TestCase("chat hi --n 0")]
    [TestCase("complete hi --top-p 2")]
    [TestCase("embed a --model=")]
    [CancelAfter(60_000)]
    public async Task Refused_request_is_one_line_on_standard_error(string command, CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, command.Split(' '));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Not.EqualTo(ExitCodes.Success));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.LogLines[^1], Does.StartWith("together: "));
        }
    }
}
