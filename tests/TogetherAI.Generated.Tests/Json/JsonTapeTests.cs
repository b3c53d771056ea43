using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace TogetherAI.Tests.Json;

/// <summary>A text that a tape fits without parsing it must be JSON, and read as Newtonsoft.Json reads it.</summary>
public sealed class JsonTapeTests
{
    private const int Rounds = 20_000;

    private static readonly string[] Values =
        ["0", "-1", "12.5", "1e3", "01", "1.", "-", "+1", ".5", "1e", "\"\"", "\"text\"", "\"\\n\"", "\"\\ud83d\"", "\"\\x\"", "\"\\u12g4\"", "\"a\tb\"", "\"open", "null", "true", "[1]", "{\"a\":1}"];

    [Test]
    public void TryFit_text_with_other_values_accepts_only_JSON_and_reads_it_as_Newtonsoft()
    {
        var random = new Random(20261122);
        var tape = new JsonTape();
        var fitted = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var json = Chunk(random);
            var utf8 = Encoding.UTF8.GetBytes(json);
            var fits = tape.TryFit(utf8);
            if (!IsJson(utf8))
            {
                Assert.That(fits, Is.False, json);
                continue;
            }

            if (fits)
            {
                fitted++;
            }
            else
            {
                tape.Parse(utf8);
                tape.Learn(utf8, required: JsonTapeToken.None);
            }

            Assert.That(Utf8AgreementTests.OutcomeOf(() => ApiJson.Deserialize<ChatCompletionChunk>(utf8, tape)), Is.EqualTo(Utf8AgreementTests.OutcomeOf(() => NewtonsoftJson.DeserializeOrNull<ChatCompletionChunk>(utf8))), json);
        }

        Assert.That(fitted, Is.GreaterThan(Rounds / 10), "Most of the rounds must have tried what they are for.");
    }

    [TestCase("{\"a\":1,\"b\":\"x\"}", "{\"a\":22,\"b\":\"x\"}", "{\"a\":-3.5e+7,\"b\":\"x\"}", true)]
    [TestCase("{\"a\":1,\"b\":\"x\"}", "{\"a\":22,\"b\":\"x\"}", "{\"a\":3,\"b\":\"y\"}", false)]
    [TestCase("{\"a\":1,\"b\":\"x\"}", "{\"a\":1,\"b\":\"yy\"}", "{\"a\":1,\"b\":\"\\u00e9\\\"\"}", true)]
    [TestCase("{\"a\":1,\"b\":\"x\"}", "{\"a\":1,\"b\":\"yy\"}", "{\"a\":1,\"b\":\"\\u00e\"}", false)]
    [TestCase("{\"a\":1,\"b\":\"x\"}", "{\"a\":1,\"b\":\"yy\"}", "{\"a\":1,\"b\":\"z\"} ", false)]
    [TestCase("{\"a\":1,\"b\":\"x\"}", "{\"a\":1,\"b\":\"yy\"}", "{\"a\":1,\"b\":\"z\"", false)]
    [TestCase("{\"a\":1,\"b\":\"x\"}", "{\"a\":1,\"b\":\"yy\"}", "{\"a\":1,\"b\":1}", false)]
    [TestCase("{\"a\":1,\"b\":\"x\"}", "{\"a\":1,\"b\":\"yy\"}", "{\"a\":1,\"c\":\"x\"}", false)]
    [TestCase("{\"a\":1,\"b\":\"x\"}", "{\"a\":22,\"b\":\"x\"}", "{\"a\":01,\"b\":\"x\"}", false)]
    public void TryFit_third_text_fits_where_only_that_differs_which_differed_before(string first, string second, string third, bool expected)
    {
        var tape = new JsonTape();
        foreach (var text in new[] { first, second })
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            if (!tape.TryFit(utf8))
            {
                tape.Parse(utf8);
                tape.Learn(utf8, required: JsonTapeToken.None);
            }
        }

        var fits = tape.TryFit(Encoding.UTF8.GetBytes(third));

        Assert.That(fits, Is.EqualTo(expected));
    }

    private static string Chunk(Random random)
    {
        // Mostly the usual values, so that chunks are alike; now and then something that is none of them.
        string Value(string usual) => random.Next(12) == 0 ? Values[random.Next(Values.Length)] : usual;
        var head = $"\"id\":{Value("\"one\"")},\"object\":{Value("\"chat.completion.chunk\"")},\"created\":{Value("1780000000")}";
        var delta = $"\"role\":{Value("\"assistant\"")},\"content\":{Value($"\" tok{random.Next(9)}\"")},\"token_id\":{Value($"{random.Next(999)}")}";
        var json = $"{{{head},\"choices\":[{{\"index\":0,\"delta\":{{{delta}}},\"finish_reason\":{Value("null")}}}],\"extra\":{{\"k\":[{Value("1")}]}}}}";
        return random.Next(50) == 0 ? json[..random.Next(json.Length)] : json;
    }

    private static bool IsJson(byte[] utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
