using System.Text.Json;
using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Extensions.AI.Tests.Support;

#pragma warning disable MEAI001 // The options of other providers must be refused, however experimental they are.

namespace TogetherAI.Extensions.AI.Tests.Chat;

/// <summary>The options of a request as the server receives them, or as they are refused.</summary>
[CancelAfter(30_000)]
public sealed class OptionsTests
{
    private static readonly AIFunction Weather = AIFunctionFactory.Create((string city) => "sunny in " + city, "get_weather", "Tells the weather.");

    private static readonly TestCaseData[] Sent =
    [
        Case("temperature", new ChatOptions { Temperature = 0.7f }, """{"temperature":0.7}"""),
        Case("top_p", new ChatOptions { TopP = 0.95f }, """{"top_p":0.95}"""),
        Case("top_k", new ChatOptions { TopK = 40 }, """{"top_k":40}"""),
        Case("max_tokens", new ChatOptions { MaxOutputTokens = 5 }, """{"max_tokens":5}"""),
        Case("one_stop", new ChatOptions { StopSequences = ["a"] }, """{"stop":"a"}"""),
        Case("stops", new ChatOptions { StopSequences = ["a", "b"] }, """{"stop":["a","b"]}"""),
        Case("no_stop", new ChatOptions { StopSequences = [] }, "{}"),
        Case("seed", new ChatOptions { Seed = long.MaxValue }, """{"seed":9223372036854775807}"""),
        Case("penalties", new ChatOptions { FrequencyPenalty = 0.1f, PresencePenalty = -0.2f }, """{"presence_penalty":-0.2,"frequency_penalty":0.1}"""),
        Case("low_effort", new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.Low } }, """{"reasoning_effort":"low"}"""),
        Case("highest_effort", new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.ExtraHigh } }, """{"reasoning_effort":"xhigh"}"""),
        Case("no_reasoning", new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.None } }, """{"reasoning":{"enabled":false}}"""),
        Case("default_reasoning", new ChatOptions { Reasoning = new() }, "{}"),
        Case("text", new ChatOptions { ResponseFormat = ChatResponseFormat.Text }, """{"response_format":{"type":"text"}}"""),
        Case("json", new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, """{"response_format":{"type":"json_object"}}"""),
        Case("schema", new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema("""{"type":"object","default":"2026-01-01T00:00:00Z"}"""), "My Answer", "What it is.") }, """{"response_format":{"type":"json_schema","json_schema":{"name":"MyAnswer","description":"What it is.","schema":{"type":"object","default":"2026-01-01T00:00:00Z"}}}}"""),
        Case("schema_without_name", new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema("""{"type":"object"}""")) }, """{"response_format":{"type":"json_schema","json_schema":{"name":"response","schema":{"type":"object"}}}}"""),
        Case("additional_fields", new ChatOptions { AdditionalProperties = new() { ["min_p"] = 0.05f, ["chat_template_kwargs"] = JsonSerializer.SerializeToElement(new { thinking = true }), ["list"] = new[] { 1, 2 } } }, """{"min_p":0.05,"chat_template_kwargs":{"thinking":true},"list":[1,2]}"""),
        Case("model", new ChatOptions { ModelId = "other/model" }, """{"model":"other/model"}"""),
        Case("background", new ChatOptions { AllowBackgroundResponses = true }, "{}"),
        Case("tool", new ChatOptions { Tools = [Weather] }, $$"""{"tools":[{{Function}}]}"""),
        Case("tool_mode_auto", new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.Auto }, $$"""{"tools":[{{Function}}],"tool_choice":"auto"}"""),
        Case("tool_mode_none", new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.None }, $$"""{"tools":[{{Function}}],"tool_choice":"none"}"""),
        Case("tool_mode_required", new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny }, $$"""{"tools":[{{Function}}],"tool_choice":"required"}"""),
        Case("tool_mode_specific", new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireSpecific("get_weather") }, $$$$"""{"tools":[{{{{Function}}}}],"tool_choice":{"type":"function","function":{"name":"get_weather"}}}"""),
        Case("single_calls", new ChatOptions { Tools = [Weather], AllowMultipleToolCalls = false }, $$"""{"tools":[{{Function}}],"parallel_tool_calls":false}"""),
        Case("mode_without_tools", new ChatOptions { ToolMode = ChatToolMode.Auto, AllowMultipleToolCalls = true }, "{}"),
        Case("declaration", new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("f", null, Schema("true"))] }, """{"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{}}}}]}"""),
        Case("strict_tool", new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, new AIFunctionFactoryOptions { Name = "f", AdditionalProperties = new Dictionary<string, object?> { ["strict"] = true } })] }, """{"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{}},"strict":true}}]}"""),
        Case("raw_request", new ChatOptions { Temperature = 0.5f, MaxOutputTokens = 9, Tools = [Weather], RawRepresentationFactory = static _ => new ChatCompletionRequest { Model = "raw/model", Messages = [], Temperature = 0, MinP = 0.1 } }, $$"""{"model":"raw/model","max_tokens":9,"temperature":0.0,"min_p":0.1,"tools":[{{Function}}]}"""),
        Case("raw_request_of_null", new ChatOptions { RawRepresentationFactory = static _ => null }, "{}"),
    ];

    private const string Function = """{"type":"function","function":{"name":"get_weather","description":"Tells the weather.","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}""";

    [TestCaseSource(nameof(Sent))]
    public async Task Options_are_sent_as(ChatOptions options, string json)
    {
        await using var server = ChatServer.Text();

        await server.Chat.GetResponseAsync("Hi", options);

        var expected = JObject.Parse(json);
        expected["model"] ??= ChatServer.Model;
        expected["messages"] = JArray.Parse("""[{"role":"user","content":"Hi"}]""");
        expected["stream"] = false;
        Assert.That(Sorted(server.Sent), Is.EqualTo(Sorted(expected)));
    }

    [Test]
    public async Task Stream_asks_for_its_usage()
    {
        await using var server = ChatServer.Deltas("""{"content":"4"}""");

        await Updates.ReadAsync(server.Chat.GetStreamingResponseAsync("Hi"));

        Assert.That(server.Sent["stream_options"]!.ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""{"include_usage":true}"""));
    }

    private static readonly TestCaseData[] Refused =
    [
        Refusal<NotSupportedException>("conversation", "ConversationId", new ChatOptions { ConversationId = "c" }),
        Refusal<NotSupportedException>("continuation", "ContinuationToken", new ChatOptions { ContinuationToken = ResponseContinuationToken.FromBytes(new byte[] { 1 }) }),
        Refusal<NotSupportedException>("several_choices", "single choice", new ChatOptions { RawRepresentationFactory = static _ => new ChatCompletionRequest("m", []) { Count = 2 } }),
        Refusal<NotSupportedException>("several_choices_as_field", "single choice", new ChatOptions { AdditionalProperties = new() { ["n"] = 2 } }),
        Refusal<NotSupportedException>("hosted_tool", "HostedWebSearchTool", new ChatOptions { Tools = [new HostedWebSearchTool()] }),
        Refusal<ArgumentException>("required_without_tools", "ToolMode", new ChatOptions { ToolMode = ChatToolMode.RequireAny }),
        Refusal<InvalidOperationException>("raw_request_of_others", "ChatCompletionRequest", new ChatOptions { RawRepresentationFactory = static _ => "text" }),
        Refusal<ArgumentException>("field_that_is_no_JSON", "[\"callback\"]", new ChatOptions { AdditionalProperties = new() { ["callback"] = new Action(static () => { }) } }),
        Refusal<ArgumentException>("field_twice", "Temperature", new ChatOptions { Temperature = 1, AdditionalProperties = new() { ["temperature"] = 0 } }),
        Refusal<ArgumentException>("field_of_the_method", "stream", new ChatOptions { AdditionalProperties = new() { ["stream"] = true } }),
    ];

    [TestCaseSource(nameof(Refused))]
    public async Task Options_that_cannot_be_sent_are_refused(ChatOptions options, Type exception, string said)
    {
        await using var server = ChatServer.Text();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => server.Chat.GetResponseAsync("Hi", options), Throws.TypeOf(exception).With.Message.Contains(said));
            Assert.That(() => Updates.ReadAsync(server.Chat.GetStreamingResponseAsync("Hi", options)), Throws.TypeOf(exception).With.Message.Contains(said));
            Assert.That(server.Requests, Is.Empty);
        }
    }

    [Test]
    public async Task Request_without_a_model_is_refused()
    {
        await using var server = ChatServer.Text();

        Assert.That(() => server.Client.Chat.AsIChatClient().GetResponseAsync("Hi"), Throws.InvalidOperationException.With.Message.Contains("ModelId"));
    }

    [Test]
    public async Task Options_are_not_changed()
    {
        await using var server = ChatServer.Text();
        var options = new ChatOptions { Tools = [Weather], AdditionalProperties = new() { ["min_p"] = 0.1 } };
        var before = JsonSerializer.Serialize(options, AIJsonUtilities.DefaultOptions);

        await server.Chat.GetResponseAsync("Hi", options);

        Assert.That(JsonSerializer.Serialize(options, AIJsonUtilities.DefaultOptions), Is.EqualTo(before));
    }

    [Test]
    public async Task Options_of_the_calls_are_used()
    {
        await using var server = ChatServer.Text();
        var chat = server.Client.Chat.AsIChatClient("m", new TogetherAIRequestOptions { Headers = { ["x-tenant"] = "a" } });

        await chat.GetResponseAsync("Hi");

        Assert.That(server.Requests[0].Header("x-tenant"), Is.EqualTo("a"));
    }

    private static JsonElement Schema(string json) => JsonDocument.Parse(json).RootElement;

    private static string Sorted(JObject json) => new JObject(json.Properties().OrderBy(static property => property.Name, StringComparer.Ordinal)).ToString(Newtonsoft.Json.Formatting.None);

    private static TestCaseData Case(string name, ChatOptions options, string json) => new TestCaseData(options, json).SetArgDisplayNames(name);

    private static TestCaseData Refusal<T>(string name, string said, ChatOptions options) => new TestCaseData(options, typeof(T), said).SetArgDisplayNames(name);
}
