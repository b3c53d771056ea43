using System.Text;
using Newtonsoft.Json;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Chat;

/// <summary>Which pieces of a stream are one tool call, however the server numbers and names them.</summary>
public sealed class ToolCallIdentityTests
{
    [TestCase("other names at one index without ids",
        """[{"index":0,"function":{"name":"read_file","arguments":"{\"path\":\"p0\"}"}}]""",
        """[{"index":0,"function":{"name":"write_file","arguments":"{\"path\":\"p1\"}"}}]""",
        """[{"index":0,"function":{"name":"read_file","arguments":"{\"path\":\"p2\"}"}}]""",
        ExpectedResult = """read_file {"path":"p0"}|write_file {"path":"p1"}|read_file {"path":"p2"}""")]
    [TestCase("two of them in one delta",
        """[{"index":0,"function":{"name":"read_file","arguments":"{\"path\":\"p0\"}"}},{"index":0,"function":{"name":"write_file","arguments":"{\"path\":\"p1\"}"}}]""",
        """[{"index":0,"function":{"name":"read_file","arguments":"{\"path\":\"p2\"}"}}]""",
        ExpectedResult = """read_file {"path":"p0"}|write_file {"path":"p1"}|read_file {"path":"p2"}""")]
    [TestCase("the same name again after whole arguments",
        """[{"index":0,"function":{"name":"f","arguments":"{\"a\":1}"}}]""",
        """[{"index":0,"function":{"name":"f","arguments":"{\"a\":2}"}}]""",
        ExpectedResult = """f {"a":1}|f {"a":2}""")]
    [TestCase("the name with every piece",
        """[{"index":0,"function":{"name":"f","arguments":"{\"a\":{}"}}]""",
        """[{"index":0,"function":{"name":"f","arguments":"}"}}]""",
        """[{"index":0,"function":{"name":"f","arguments":""}}]""",
        ExpectedResult = """f {"a":{}}""")]
    [TestCase("one id at two indexes",
        """[{"index":0,"id":"call_0","function":{"name":"get_time","arguments":"{\"city\":\"paris\"}"}}]""",
        """[{"index":1,"id":"call_0","function":{"name":"get_weather","arguments":"{\"city\":\"rome\"}"}}]""",
        ExpectedResult = """call_0:get_time {"city":"paris"}|call_0:get_weather {"city":"rome"}""")]
    [TestCase("one id at two indexes, in pieces",
        """[{"index":0,"id":"x","function":{"name":"f","arguments":"{"}},{"index":1,"id":"x","function":{"name":"g","arguments":"["}}]""",
        """[{"index":1,"id":"x","function":{"arguments":"]"}},{"index":0,"id":"x","function":{"arguments":"}"}}]""",
        ExpectedResult = "x:f {}|x:g []")]
    [TestCase("another id with the arguments",
        """[{"index":0,"id":"chatcmpl-tool-b1","function":{"name":"shell","arguments":""}}]""",
        """[{"index":0,"id":"call_9c","function":{"arguments":"{\"cmd\":"}}]""",
        """[{"index":0,"id":"call_9c","function":{"arguments":"\"ls\"}"}}]""",
        ExpectedResult = """chatcmpl-tool-b1:shell {"cmd":"ls"}""")]
    [TestCase("a blank id with the arguments",
        """[{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}]""",
        """[{"index":0,"id":" ","function":{"arguments":"}"}}]""",
        ExpectedResult = "a:f {}")]
    [TestCase("a blank id and a blank name with the arguments",
        """[{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}]""",
        """[{"index":0,"id":"","function":{"name":"","arguments":"}"}}]""",
        ExpectedResult = "a:f {}")]
    [TestCase("a new id with a name at one index",
        """[{"index":0,"id":"a","function":{"name":"f","arguments":"1"}}]""",
        """[{"index":0,"id":"b","function":{"name":"f","arguments":"2"}}]""",
        """[{"index":0,"id":"a","function":{"arguments":"3"}}]""",
        """[{"index":0,"function":{"arguments":"4"}}]""",
        ExpectedResult = "a:f 13|b:f 24")]
    [TestCase("an id alone, then another with the name",
        """[{"index":0,"id":"a"}]""",
        """[{"index":0,"id":"b","function":{"name":"f","arguments":"{}"}}]""",
        ExpectedResult = "a:f {}")]
    [TestCase("the name after the arguments",
        """[{"index":0,"function":{"arguments":"{}"}}]""",
        """[{"index":0,"function":{"name":"f"}}]""",
        ExpectedResult = "f {}")]
    [TestCase("the name after the arguments, without an index",
        """[{"function":{"arguments":"{}"}}]""",
        """[{"function":{"name":"f"}}]""",
        ExpectedResult = "f {}")]
    [TestCase("ids alone decide without an index",
        """[{"id":"a","function":{"name":"f","arguments":"1"}},{"id":"b","function":{"name":"f","arguments":"2"}}]""",
        """[{"id":"a","function":{"arguments":"3"}},{"id":"b","function":{"arguments":"4"}}]""",
        """[{"function":{"arguments":"5"}}]""",
        ExpectedResult = "a:f 13|b:f 245")]
    [TestCase("an id that comes after the name, without an index",
        """[{"function":{"name":"f","arguments":""}}]""",
        """[{"id":"a","function":{"arguments":"{}"}}]""",
        ExpectedResult = "a:f {}")]
    [TestCase("an index that comes after the id",
        """[{"id":"a","function":{"name":"f","arguments":""}}]""",
        """[{"index":0,"id":"a","function":{"arguments":"{"}}]""",
        """[{"index":0,"function":{"arguments":"}"}}]""",
        ExpectedResult = "a:f {}")]
    [TestCase("an index that goes away",
        """[{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}]""",
        """[{"index":-1,"function":{"arguments":"}"}}]""",
        ExpectedResult = "a:f {}")]
    public string Pieces_of_one_call_are_put_together(string _, params string[] pieces)
        => string.Join('|', Calls(pieces).Select(Text));

    [Test]
    public void Call_without_an_id_gets_one_that_stays()
    {
        var answer = new ChatCompletionAccumulator();
        answer.Add(Chunk("""[{"index":0,"function":{"name":"f","arguments":"{}"}},{"index":1,"id":" ","function":{"name":"g","arguments":"{}"}}]"""));

        var early = Calls(answer);
        answer.Add(Chunk("""[{"index":0,"function":{"arguments":""}}]"""));
        var late = Calls(answer);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early.Select(call => call.Id), Is.Unique.And.All.Match("^[0-9a-zA-Z]{9}$"));
            Assert.That(late.Select(call => call.Id), Is.EqualTo(early.Select(call => call.Id)));
        }
    }

    [Test]
    public void Whole_call_without_an_id_gets_one_that_stays()
    {
        var answer = new ChatCompletionAccumulator();
        answer.Add(Read("""{"choices":[{"delta":{},"tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}]}"""));

        var ids = new[] { Calls(answer), Calls(answer) }.Select(calls => calls.Single().Id).ToList();

        Assert.That(ids, Is.All.Not.Empty.And.All.EqualTo(ids[0]));
    }

    [Test]
    public void Whole_call_gives_the_pieces_of_the_same_call_its_id()
    {
        var answer = new ChatCompletionAccumulator();

        answer.Add(Read("""{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":"{}"}}]},"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}]}"""));

        Assert.That(Calls(answer).Select(call => call.Id), Is.EqualTo(new[] { "a" }));
    }

    // Every mixture of what a server may leave out of the pieces after the first, and of what it may repeat. A name alone
    // begins a call, so that it can only be repeated with an index or an id.
    private static IEnumerable<object?[]> Mixtures()
        => from hasIndex in new[] { true, false }
           from hasId in new[] { true, false }
           from repeatsIndex in new[] { true, false }
           from repeatsId in new[] { true, false }
           from repeatsName in new[] { true, false }
           from noId in new[] { "", " ", null }
           where !repeatsName || (hasIndex && repeatsIndex) || (hasId && repeatsId)
           select new object?[] { hasIndex, hasId, repeatsIndex, repeatsId, repeatsName, noId };

    [TestCaseSource(nameof(Mixtures))]
    public void Calls_one_after_another_come_out_whole(bool hasIndex, bool hasId, bool repeatsIndex, bool repeatsId, bool repeatsName, string? noId)
    {
        string[] names = ["f", "g", "f"];
        var pieces = new List<string>();
        for (var call = 0; call < names.Length; call++)
        {
            var id = hasId ? $"call_{call}" : noId;
            pieces.Add(Piece(hasIndex ? call : null, id, names[call], "{\"a\":"));
            pieces.Add(Piece(hasIndex && repeatsIndex ? call : null, repeatsId ? id : noId, repeatsName ? names[call] : null, $"{call}"));
            pieces.Add(Piece(hasIndex && repeatsIndex ? call : null, repeatsId ? id : noId, repeatsName && hasIndex && repeatsIndex ? names[call] : "", "}"));
        }

        var calls = Calls(pieces.Select(piece => $"[{piece}]"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(calls.Select(call => $"{call.Function.Name} {call.Function.Arguments}"), Is.EqualTo(new[] { "f {\"a\":0}", "g {\"a\":1}", "f {\"a\":2}" }));
            Assert.That(calls.Select(call => call.Id), Is.Unique.And.All.Not.Empty);
            if (hasId)
            {
                Assert.That(calls.Select(call => call.Id), Is.EqualTo(new[] { "call_0", "call_1", "call_2" }));
            }
        }
    }

    [TestCase("""{"name":"f","arguments":"{"}""", """{"arguments":"}"}""")]
    [TestCase("""{"name":"","arguments":""}""", """{"name":"f","arguments":"{}"}""")]
    [TestCase("""{"name":"f"}""", """{"name":"f","arguments":"{}"}""")]
    [TestCase("""{"arguments":"{}"}""", """{"name":"f","arguments":null}""")]
    [TestCase("""{"name":"f","arguments":"{}"}""", """{"name":"g","arguments":"{\"a\":"}""", """{"arguments":"1}"}""")]
    public void Legacy_function_call_comes_out_whole(params string[] pieces)
    {
        var answer = new ChatCompletionAccumulator();

        foreach (var piece in pieces)
        {
            answer.Add(Read($$$"""{"choices":[{"delta":{"function_call":{{{piece}}}}}]}"""));
        }

        Assert.That(MockServer.Sent(answer.ToResponse().Choices[0].Message!), Does.Contain("""{"name":"f","arguments":"{}"}"""));
    }

    [Test]
    public void Field_of_a_call_that_comes_again_as_null_is_kept()
    {
        var answer = new ChatCompletionAccumulator();
        answer.Add(Chunk("""[{"index":0,"id":"a","function":{"name":"f","arguments":"{}","strict":true},"extra_content":{"signature":"s"}}]"""));

        answer.Add(Chunk("""[{"index":0,"id":null,"function":{"arguments":"","strict":null},"extra_content":null}]"""));

        Assert.That(MockServer.Sent(Calls(answer)), Is.EqualTo(
            """[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{}","strict":true},"extra_content":{"signature":"s"}}]"""));
    }

    private static string Piece(int? index, string? id, string? name, string arguments)
        => JsonConvert.SerializeObject(new { index, id, function = new { name, arguments } });

    // An id that the test did not give is left out.
    private static string Text(ChatCompletionToolCall call)
        => $"{(call.Id is { Length: not 9 } id ? id + ":" : "")}{call.Function.Name} {call.Function.Arguments}";

    private static IReadOnlyList<ChatCompletionToolCall> Calls(IEnumerable<string> pieces)
    {
        var answer = new ChatCompletionAccumulator();
        foreach (var piece in pieces)
        {
            answer.Add(Chunk(piece));
        }

        return Calls(answer);
    }

    private static IReadOnlyList<ChatCompletionToolCall> Calls(ChatCompletionAccumulator answer) => answer.ToResponse().Choices[0].Message!.ToolCalls!;

    private static ChatCompletionChunk Chunk(string pieces) => Read($$$"""{"choices":[{"index":0,"delta":{"tool_calls":{{{pieces}}}}}]}""");

    private static ChatCompletionChunk Read(string json) => ApiJson.Deserialize<ChatCompletionChunk>(Encoding.UTF8.GetBytes(json));
}
