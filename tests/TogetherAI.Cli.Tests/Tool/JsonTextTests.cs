using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Tests.Tool;

public sealed class JsonTextTests
{
    [TestCase("{}"), TestCase("[]"), TestCase("\"text\""), TestCase("1.50"), TestCase("null")]
    [TestCase("""{"a":{},"b":[],"c":[{}],"d":[[]],"e":{"f":[1,-2.5,1E-05,true,null,"x"]}}""")]
    [TestCase("""{"quotes \" \\ / and lines \n \u001b":"ünd 日本語 🙂 <&>","":[""]}""")]
    [TestCase("""[[1,[2,{"a":[3]}]],4]""")]
    public void Indented_json_has_the_layout_of_Newtonsoft_Json(string json)
    {
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal };
        var token = JToken.ReadFrom(reader);

        var text = JsonText.Indented(token);

        Assert.That(text, Is.EqualTo(token.ToString(Formatting.Indented).ReplaceLineEndings("\n")));
    }

    [Test]
    public void Objects_of_the_api_are_written_with_unknown_fields_and_without_unset_ones()
    {
        var response = JsonConvert.DeserializeObject<ChatCompletionResponse>("""{"id":"a","object":"o","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"x"}}],"later":1.0}""")!;

        Assert.That(JsonText.Line(response), Is.EqualTo(JsonConvert.SerializeObject(response, new JsonSerializerSettings { NullValueHandling = NullValueHandling.Ignore })));
    }
}
