using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Chat;

/// <summary>What the factories of messages, parts, tools and formats send.</summary>
public sealed class ChatFactoryTests
{
    private static readonly byte[] Bytes = [1, 2, 3];

    private static IEnumerable<TestCaseData> Factories()
    {
        yield return Case(ChatCompletionMessage.FromSystem("s"), """{"role":"system","content":"s"}""");
        yield return Case(ChatCompletionMessage.FromUser("u"), """{"role":"user","content":"u"}""");
        yield return Case(
            ChatCompletionMessage.FromUser([ChatCompletionContentPart.FromText("t"), ChatCompletionContentPart.FromImage("https://a/b.png")]),
            """{"role":"user","content":[{"type":"text","text":"t"},{"type":"image_url","image_url":{"url":"https://a/b.png"}}]}""");
        yield return Case(ChatCompletionMessage.FromAssistant("a"), """{"role":"assistant","content":"a"}""");
        yield return Case(ChatCompletionMessage.FromTool("call_1", "{}"), """{"role":"tool","content":"{}","tool_call_id":"call_1"}""");
        yield return Case(ChatCompletionMessage.FromAssistant([new ChatCompletionToolCall { Id = "call_1", Function = new ChatCompletionFunctionCall { Name = "f", Arguments = "{}" } }]), """{"role":"assistant","tool_calls":[{"id":"call_1","function":{"name":"f","arguments":"{}"}}]}""");
        yield return Case(ChatCompletionContentPart.FromImage(Bytes, "image/png"), """{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}""");
        yield return Case(ChatCompletionContentPart.FromVideo("https://a/b.mp4"), """{"type":"video_url","video_url":{"url":"https://a/b.mp4"}}""");
        yield return Case(ChatCompletionContentPart.FromAudio("https://a/b.mp3"), """{"type":"audio_url","audio_url":{"url":"https://a/b.mp3"}}""");
        yield return Case(ChatCompletionContentPart.FromAudio(Bytes, ChatCompletionInputAudioFormat.Wav), """{"type":"input_audio","input_audio":{"data":"AQID","format":"wav"}}""");
        yield return Case(ChatCompletionTool.FromFunction("f"), """{"type":"function","function":{"name":"f"}}""");
        yield return Case(ChatCompletionResponseFormat.FromText(), """{"type":"text"}""");
        yield return Case(ChatCompletionResponseFormat.FromJsonObject(), """{"type":"json_object"}""");
        yield return Case(ChatCompletionTool.FromFunction("f", parameters: """{"type":"object"}"""), """{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}""");
        yield return Case(ChatCompletionTool.FromFunction("f", parameters: true), """{"type":"function","function":{"name":"f","parameters":true}}""");
        yield return Case(ChatCompletionResponseFormat.FromJsonObject("""{"type":"object"}"""), """{"type":"json_object","schema":{"type":"object"}}""");
        yield return Case(ChatCompletionResponseFormat.FromJsonSchema("n", """{"type":"object"}"""), """{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}}""");
        yield return Case(ChatCompletionResponseFormat.FromRegex("a|b"), """{"type":"regex","pattern":"a|b"}""");
    }

    [TestCaseSource(nameof(Factories))]
    public string Factory_sends_the_fields_of_its_kind(object value) => MockServer.Sent(value);

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("\"{}\"")]
    [TestCase("5")]
    public void Schema_that_is_no_JSON_object_is_refused(string schema)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => ChatCompletionTool.FromFunction("f", null, schema), Throws.ArgumentException.With.Property("ParamName").EqualTo("parameters"));
            Assert.That(() => ChatCompletionResponseFormat.FromJsonObject(schema), Throws.ArgumentException.With.Property("ParamName").EqualTo("schema"));
            Assert.That(() => ChatCompletionResponseFormat.FromJsonSchema("n", schema), Throws.ArgumentException.With.Property("ParamName").EqualTo("schema"));
        }
    }

    [Test]
    public void Response_message_converts_to_a_message_and_null_to_null()
    {
        var response = new ChatCompletionResponseMessage { Content = "Hi", Reasoning = "Hm.", ToolCalls = [new ChatCompletionToolCall { Id = "call_1", Function = new ChatCompletionFunctionCall { Name = "f", Arguments = "{}" } }] };
        ChatCompletionResponseMessage? none = null;

        ChatCompletionMessage message = response;
        ChatCompletionMessage? nothing = none;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(MockServer.Sent(message), Is.EqualTo("""{"role":"assistant","content":"Hi","tool_calls":[{"id":"call_1","function":{"name":"f","arguments":"{}"}}],"reasoning":"Hm."}"""));
            Assert.That(MockServer.Sent(response.ToMessage()), Is.EqualTo(MockServer.Sent(message)));
            Assert.That(nothing, Is.Null);
        }
    }

    private static TestCaseData Case(object value, string json) => new TestCaseData(value).Returns(json).SetArgDisplayNames(json);
}
