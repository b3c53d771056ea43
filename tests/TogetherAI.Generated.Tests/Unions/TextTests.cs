using System.Text;
using NUnit.Framework;

namespace TogetherAI.Tests.Unions;

/// <summary>The safe way to the text of any response or chunk.</summary>
public sealed class TextTests
{
    private static IEnumerable<TestCaseData> Documents()
    {
        (string Name, Func<string, string?> TextOf, string Choice)[] kinds =
        [
            ("InferenceChunk", static json => Read<InferenceChunk>(json).Text, "\"text\":\"X\""),
            ("InferenceResponse", static json => Read<InferenceResponse>($"{{\"output\":{json}}}").Text, "\"text\":\"X\""),
            ("InferenceResponse beside the output", static json => Read<InferenceResponse>("{\"output\":{}," + json[1..]).Text, "\"text\":\"X\""),
            ("ChatCompletionChunk", static json => Read<ChatCompletionChunk>(json).Text, "\"delta\":{\"content\":\"X\"}"),
            ("ChatCompletion", static json => Read<ChatCompletionResponse>(json).Text, "\"message\":{\"content\":\"X\"}"),
            ("CompletionChunk", static json => Read<CompletionChunk>(json).Text, "\"text\":\"X\""),
            ("CompletionChunk with a delta", static json => Read<CompletionChunk>(json).Text, "\"text\":\"\",\"delta\":{\"content\":\"X\"}"),
            ("Completion", static json => Read<CompletionResponse>(json).Text, "\"text\":\"X\""),
        ];
        foreach (var (name, textOf, choice) in kinds)
        {
            string Choices(params string[] choices) => "{\"choices\":[" + string.Join(',', choices) + "],\"usage\":{\"total_tokens\":1}}";
            string Choice(string text, string more) => "{" + choice.Replace("X", text, StringComparison.Ordinal) + more + "}";

            yield return Case("one choice", Choices(Choice("a", "")), "a");
            yield return Case("lowest index last", Choices(Choice("b", ",\"index\":1"), Choice("a", ",\"index\":0")), "a");
            yield return Case("no index", Choices(Choice("a", ""), Choice("b", "")), "a");
            yield return Case("no choice", Choices(), null);
            yield return Case("a choice that says nothing", Choices("{\"index\":0}"), null);

            TestCaseData Case(string what, string json, string? text) => new(textOf, json, text) { TestName = $"{{m}}({name}, {what})" };
        }
    }

    [TestCaseSource(nameof(Documents))]
    public void Text_is_that_of_the_lowest_index(object textOf, string json, string? expected)
        => Assert.That(((Func<string, string?>)textOf)(json), Is.EqualTo(expected));

    [TestCase("{}")]
    [TestCase("""{"choices":null}""")]
    [TestCase("""{"choices":[null]}""")]
    public void Text_of_a_chunk_without_choices_is_null(string json)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read<InferenceChunk>(json).Text, Is.Null);
            Assert.That(Read<ChatCompletionChunk>(json).Text, Is.Null);
            Assert.That(Read<CompletionChunk>(json).Text, Is.Null);
        }
    }

    private static T Read<T>(string json) => ApiJson.Deserialize<T>(Encoding.UTF8.GetBytes(json));
}
