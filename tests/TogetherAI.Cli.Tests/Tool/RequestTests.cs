using System.Reflection;
using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;
using TogetherAI.Cli.Tests.Support;
using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;

namespace TogetherAI.Cli.Tests.Tool;

public sealed class RequestTests
{
    [Test, CancelAfter(60_000)]
    public async Task Every_request_field_has_an_option_that_sends_it(CancellationToken cancellationToken)
    {
        var fields = Fields().Where(field => field.Name != "prompt").ToList();
        var arguments = fields.SelectMany(field => Sample(field.Property.PropertyType).Arguments.SelectMany(value => new[] { OptionOf(field.Name), value }));
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send(DrivenServer.Done);

        var result = await InProcessTool.RunAsync(cancellationToken, ["tokens", "the prompt", "--api-url", server.Url, .. arguments]);

        var expected = new JsonObject { ["prompt"] = "the prompt", ["stream_tokens"] = true };
        fields.ForEach(field => expected[field.Name] = Sample(field.Property.PropertyType).Json);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Success), result.Log);
        var sent = (await server.Request).Json;
        Assert.That(JsonNode.DeepEquals(sent, expected), Is.True, sent.ToJsonString());
    }

    [Test, CancelAfter(60_000)]
    public async Task Help_describes_every_option_with_the_words_of_the_document(CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, "run", "--help");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Success));
            foreach (var (name, property) in Fields().Where(field => field.Name != "prompt"))
            {
                Assert.That(result.Output, Does.Contain(OptionOf(name) + " "));
                Assert.That(result.Output, Does.Contain(property.GetCustomAttribute<DescriptionAttribute>()!.Description));
            }
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Base_address_of_the_environment_is_asked_also_without_a_key(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send(DrivenServer.Done);
        using var tool = ToolProcess.Start(["tokens", "hi"], baseUrl: server.Url);

        var result = await tool.FinishAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await server.Request).Body, Does.Contain("\"prompt\":\"hi\""));
            Assert.That(result.Log, Is.Empty);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Fields_without_an_option_on_the_command_line_are_not_sent(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send(DrivenServer.Done);

        await InProcessTool.RunAsync(cancellationToken, "tokens", "hi", "--api-url", server.Url);

        Assert.That((await server.Request).Body, Is.EqualTo("""{"model":"meta-llama/Llama-3.3-70B-Instruct-Turbo","prompt":"hi","stream_tokens":true}"""));
    }

    [TestCase("prompt ünd 日本語\n", "prompt ünd 日本語"), TestCase("two\n\n", "two\n"), TestCase("dos\r\n", "dos"), TestCase("none", "none")]
    [CancelAfter(60_000)]
    public async Task Prompt_dash_reads_standard_input_without_its_final_line_break(string input, string expected, CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send(DrivenServer.Done);

        using var tool = ToolProcess.Start(["tokens", "-", "--api-url", server.Url], input: input);
        await tool.FinishAsync(cancellationToken);

        Assert.That((await server.Request).Json["prompt"]!.GetValue<string>(), Is.EqualTo(expected));
    }

    [Test, CancelAfter(60_000)]
    public async Task Headers_and_key_go_to_the_exact_address(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send(DrivenServer.Done);

        using var tool = ToolProcess.Start(
            ["tokens", "hi", "--api-url", server.Url, "--header", "X-One: a: b", "--header", "user-agent: mine"],
            key: "from-environment");
        await tool.FinishAsync(cancellationToken);

        var request = await server.Request;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Path, Is.EqualTo("/any/path"));
            Assert.That(request.Headers["Authorization"], Is.EqualTo("Bearer from-environment"));
            Assert.That(request.Headers["X-One"], Is.EqualTo("a: b"));
            Assert.That(request.Headers["User-Agent"], Is.EqualTo("mine"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Authorization_header_without_a_key_in_the_environment_is_sent(CancellationToken cancellationToken)
    {
        await using var server = await DrivenServer.ListenAsync(cancellationToken);
        server.Send(DrivenServer.Done);

        await InProcessTool.RunAsync(cancellationToken, "tokens", "hi", "--api-url", server.Url, "--header", "Authorization: Bearer mine");

        Assert.That((await server.Request).Headers["Authorization"], Is.EqualTo("Bearer mine"));
    }

    [Test]
    public void Fields_named_like_an_option_of_the_tool_get_a_name_of_their_own()
    {
        var fields = new RequestFields(LaterFields.Of<LaterRequest>(), new HashSet<string>(), new HashSet<string> { "--timeout" });

        Assert.That(fields.Options.Select(option => option.Name), Is.EqualTo(new[] { "--request-timeout", "--tool-choice" }));
    }

    [Test]
    public async Task Fields_of_a_type_that_no_option_knows_are_read_as_JSON()
    {
        var fields = new RequestFields(LaterFields.Of<LaterRequest>(), new HashSet<string>(), new HashSet<string>());
        var command = new System.CommandLine.Command("x");
        fields.Options.ToList().ForEach(command.Add);
        var request = new LaterRequest();

        await fields.ApplyAsync(command.Parse(["--tool-choice", """{"a":[1,2]}"""]), request, new StandardInput(null), CancellationToken.None);

        Assert.That(request.ToolChoice!["a"], Is.EqualTo(new[] { 1, 2 }));
    }

    [TestCase("--granularities word --granularities segment", """["word","segment"]""")]
    [TestCase("""--granularities ["word","later"]""", """["word","later"]""")]
    [TestCase("""--tools {"a":1} --tools {"b":2}""", """[{"a":1},{"b":2}]""")]
    [TestCase("""--tools [{"a":1},{"b":2}] --tools {"c":3}""", """[{"a":1},{"b":2},{"c":3}]""")]
    [TestCase("--numbers 1 --numbers 2", "[1,2]")]
    [TestCase("--texts [1] --texts -", """["[1]","-"]""")]
    public async Task Lists_of_every_kind_are_repeatable(string line, string expected)
    {
        var fields = new RequestFields(LaterFields.Of<ListRequest>(), new HashSet<string>(), new HashSet<string>());
        var command = new System.CommandLine.Command("x");
        fields.Options.ToList().ForEach(command.Add);
        var request = new ListRequest();

        await fields.ApplyAsync(command.Parse(line.Split(' ')), request, new StandardInput(null), CancellationToken.None);

        var sent = JObject.FromObject(request).Properties().Single(property => property.Value.Type != JTokenType.Null).Value;
        Assert.That(JToken.DeepEquals(sent, JToken.Parse(expected)), Is.True, sent.ToString());
    }

    [Test]
    public void Element_of_a_list_that_is_not_its_JSON_is_a_wrong_command_line()
    {
        var fields = new RequestFields(LaterFields.Of<ListRequest>(), new HashSet<string>(), new HashSet<string>());
        var command = new System.CommandLine.Command("x");
        fields.Options.ToList().ForEach(command.Add);

        Assert.That(
            () => fields.ApplyAsync(command.Parse(["--numbers", "1", "--numbers", "many"]), new ListRequest(), new StandardInput(null), CancellationToken.None),
            Throws.TypeOf<UsageException>().With.Message.Contains("--numbers"));
    }

    [TestCase("5", 5), TestCase("0.5", 0.5), TestCase("0", 0)]
    public async Task Duration_is_given_in_seconds(string text, double seconds)
    {
        var fields = new RequestFields(GeneratedFields.Of<VideoRequest>(), new HashSet<string>(), new HashSet<string>());
        var command = new System.CommandLine.Command("x");
        fields.Options.ToList().ForEach(command.Add);
        var request = new VideoRequest { Model = "m" };

        await fields.ApplyAsync(command.Parse(["--seconds", text]), request, new StandardInput(null), CancellationToken.None);

        Assert.That(request.Duration, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [TestCase("-1"), TestCase("00:00:05"), TestCase("1e300"), TestCase("many")]
    [CancelAfter(60_000)]
    public async Task Duration_that_is_no_number_of_seconds_is_a_wrong_command_line(string text, CancellationToken cancellationToken)
    {
        var result = await InProcessTool.RunAsync(cancellationToken, "video", "waves", $"--seconds={text}", "-o", "-");

        Assert.That((result.ExitCode, result.Log), Is.EqualTo((ExitCodes.Usage, "together: --seconds needs a number of seconds, such as 5. See together video --help.\n")));
    }

    [TestCase(typeof(InferenceRequest)), TestCase(typeof(ChatCompletionRequest)), TestCase(typeof(ImageRequest)), TestCase(typeof(SpeechRequest)), TestCase(typeof(TranscriptionRequest))]
    public void Option_of_words_lists_every_word_of_the_document(Type request)
    {
        var generated = (FieldDefinition[])typeof(GeneratedFields).GetMethod("Of")!.MakeGenericMethod(request).Invoke(null, null)!;
        var fields = new RequestFields(generated, new HashSet<string>(), new HashSet<string>());

        var words = from property in request.GetProperties()
                    let plain = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType.GenericTypeArguments.FirstOrDefault() ?? property.PropertyType
                    let known = plain.GetProperties(BindingFlags.Static | BindingFlags.Public).Where(word => word.PropertyType == plain && plain.GetConstructor([typeof(string)]) is not null && plain.Namespace == "TogetherAI").ToList()
                    where known.Count > 0
                    select (Option: OptionOf(property.GetCustomAttribute<JsonPropertyAttribute>()!.PropertyName!), Words: known.Select(word => word.GetValue(null)!.ToString()!));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(words, Is.Not.Empty);
            foreach (var (name, known) in words)
            {
                Assert.That(fields.Options.Single(option => option.Name == name).Description, Does.Contain($"Values: {string.Join(", ", known)}."));
            }
        }
    }

    private static List<(string Name, PropertyInfo Property)> Fields()
        => typeof(InferenceRequest).GetProperties()
            .Where(property => property.SetMethod?.IsPublic == true && property.GetCustomAttribute<JsonPropertyAttribute>() is not null)
            .Select(property => (property.GetCustomAttribute<JsonPropertyAttribute>()!.PropertyName!, property))
            .ToList();

    private static string OptionOf(string wireName) => "--" + wireName.Replace('_', '-');

    private static (string[] Arguments, JsonNode Json) Sample(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var plain when plain == typeof(string) => (["some text"], JsonValue.Create("some text")),
        var plain when plain == typeof(int) => (["-7"], JsonValue.Create(-7)),
        var plain when plain == typeof(long) => (["9007199254740993"], JsonValue.Create(9007199254740993)),
        var plain when plain == typeof(decimal) => (["9007199254740993"], JsonValue.Create(9007199254740993)),
        var plain when plain == typeof(ReadOnlyMemory<byte>) => (["AQID"], JsonValue.Create("AQID")),
        var plain when plain == typeof(double) => (["0.25"], JsonValue.Create(0.25)),
        var plain when plain == typeof(bool) => (["false"], JsonValue.Create(false)),
        var plain when plain == typeof(IList<string>) => (["one", "--two"], new JsonArray("one", "--two")),
        _ => (["own-word"], JsonValue.Create("own-word")),
    };
}
