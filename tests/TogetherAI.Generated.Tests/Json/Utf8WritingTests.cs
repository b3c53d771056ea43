using System.Collections.ObjectModel;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;
using NUnit.Framework;

namespace TogetherAI.Tests.Json;

/// <summary>The fast way of writing and Newtonsoft.Json must agree on every object, for every type of the document.</summary>
public sealed class Utf8WritingTests
{
    private const int Rounds = 80;

    private static readonly MethodInfo Read =
        typeof(Utf8WritingTests).GetMethod(nameof(ReadOrNull), BindingFlags.NonPublic | BindingFlags.Static)!;

    // Texts by what JSON makes of them, because the runner leaves out a name that XML does not allow.
    private static IEnumerable<TestCaseData> OddCases()
        => OddValues().Select(static value => value is string text
            ? new TestCaseData(text).SetArgDisplayNames(JsonConvert.ToString(text, '"', StringEscapeHandling.EscapeNonAscii))
            : new TestCaseData(value));

    private static IEnumerable<object?> OddValues()
    {
        string[] texts =
        [
            "half \ud83d", "\ude00 half", "\ud83d\n\ude00", "\ud83d\ud83d\ude00", "\U0001F600 é 日本語 \uE000 \uFFFE",
            "\0\u0001\u001f\u007f\b\f\n\r\t\"\\/<>&'+", "2026-01-01T00:00:00Z", "", "{\"a\":1}",
        ];
        double[] doubles = [0, -0.0, 1, -1, 0.1, 1e15, 1e16, 1e20, 1e-7, 123456789012345680, 5e-324, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        float[] floats = [0, 1, 0.1f, 1e10f, float.Epsilon, float.MaxValue, float.NaN, float.PositiveInfinity];
        decimal[] decimals = [0, 1, 1.0m, 0.10m, -0.0000000000000000000000000001m, decimal.MaxValue, decimal.MinValue];
        JToken[] tokens = [JValue.CreateNull(), new JRaw("{\"raw\": 1 }"), JToken.Parse("[1,2.50,1e5,\"a\",null,{\"a\":[]},123456789012345678901234567890]"), new JValue(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)), new JValue(Guid.Empty), new JValue(TimeSpan.FromSeconds(1)), new JValue(double.NaN), new JValue((string?)null)];
        return texts
            .Concat(doubles.Cast<object?>()).Concat(floats.Cast<object?>()).Concat(decimals.Cast<object?>()).Concat(tokens)
            .Concat([int.MinValue, long.MaxValue, true, false, ChatCompletionRole.User, new FinishReason(""), new byte[] { 1, 2 }, new List<byte> { 1, 2 }])
            .Concat([new int[] { 1, 2 }, new int[,] { { 1 }, { 2 } }, new string?[] { "a", null }, new List<double?> { 1, null }, Array.Empty<string>()])
            .Concat([new ReadOnlyCollection<string>(["a"]), new Dictionary<string, object?> { ["a"] = null }, new { Title = "t", None = (string?)null }, new DerivedList { "a" }, new Converted(), new VideoReference { Video = null! }])
            .Concat([new List<FinishReason?> { FinishReason.Stop, null, "", "odd" }, new ImageRequest { Model = "m", Prompt = "p", OutputFormat = "", ResponseFormat = "url" }]);
    }

    [TestCaseSource(typeof(RandomJson), nameof(RandomJson.Types))]
    public void Serialize_random_object_gives_the_same_as_Newtonsoft(Type type)
    {
        var random = new Random(20261122);
        var read = Read.MakeGenericMethod(type);
        for (var round = 0; round < Rounds; round++)
        {
            var json = new RandomJson(random).Document(type);
            if (read.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [json], null) is { } value)
            {
                Assert.That(Outcome(() => Fast(value)), Is.EqualTo(Outcome(() => Slow(value))), json);
            }
        }
    }

    [Test]
    public void Serialize_long_text_with_a_special_character_anywhere_gives_the_same_as_Newtonsoft()
    {
        const int LongestPart = 40;
        string[] special = ["\"", "\\", "\n", "\u0001", "\u001f", "\u007f", "\u0080", "\u00e9", "\u65e5", "\U0001F600", "\ud83d", "\"\"\n\u00e9\""];
        foreach (var (character, before) in special.SelectMany(static character => Enumerable.Range(0, LongestPart).Select(before => (character, before))))
        {
            var text = new string('a', before) + character + new string('b', LongestPart - before) + character;

            Assert.That(Fast(text), Is.EqualTo(Slow(text)), $"{(int)character[0]:x4} after {before} characters.");
        }
    }

    // What a partial class adds would be sent on netstandard2.0 alone.
    [TestCaseSource(typeof(RandomJson), nameof(RandomJson.Types))]
    public void Type_has_no_field_that_the_document_does_not_name(Type type)
    {
        var contract = (JsonObjectContract)NewtonsoftJson.Writer.ContractResolver.ResolveContract(type);

        var added = contract.Properties.Where(field => !field.Ignored && field.AttributeProvider!.GetAttributes(typeof(JsonPropertyAttribute), false).Count == 0);

        Assert.That(added, Is.Empty);
    }

    [TestCaseSource(nameof(OddCases))]
    public void Serialize_odd_value_gives_the_same_as_Newtonsoft(object value)
    {
        var inArray = new[] { value };
        var inObject = new RerankResult { Index = 1, RelevanceScore = 0.5, AdditionalProperties = { ["a"] = null!, ["b \"\n"] = new JArray() } };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fast(value), Is.EqualTo(Slow(value)));
            Assert.That(Fast(inArray), Is.EqualTo(Slow(inArray)));
            Assert.That(Fast(inObject), Is.EqualTo(Slow(inObject)));
        }
    }

    // Newtonsoft.Json escapes the second and the third, which JSON does not ask for.
    [TestCase('\u007f')]
    [TestCase('\u0085')]
    [TestCase('\u2028')]
    public void Serialize_character_means_the_same_as_with_Newtonsoft(char character)
    {
        var text = new string(character, 3);

        Assert.That((string?)JToken.Parse(Fast(text)), Is.EqualTo((string?)JToken.Parse(Slow(text))).And.EqualTo(text));
    }

    [Test]
    public void Serialize_text_of_any_length_gives_the_same_as_Newtonsoft([Values("a", "é", "日", "\U0001F600", "\n", "\\u0001", "ab\n日")] string unit)
    {
        unit = Regex.Unescape(unit);
        foreach (var length in Enumerable.Range(500, 200).Append(20_000).Append(200_000))
        {
            var text = string.Concat(Enumerable.Repeat(unit, length));

            Assert.That(Fast(text) == Slow(text), Is.True, $"{length}");
        }
    }

    private static T? ReadOrNull<T>(string json)
        where T : class
    {
        try
        {
            return ApiJson.Deserialize<T>(Encoding.UTF8.GetBytes(json));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Outcome(Func<string> write)
    {
        try
        {
            return write();
        }
        catch (JsonException)
        {
            return "unwritable";
        }
    }

    private static string Fast(object value)
    {
        using var json = ApiJson.Serialize(value);
        using var bytes = new MemoryStream();
        json.TrySendAsync(bytes, CancellationToken.None).GetAwaiter().GetResult();
        Assert.That(json.Length, Is.EqualTo(bytes.Length));
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static string Slow(object value)
    {
        using var bytes = new MemoryStream();
        NewtonsoftJson.WriteSlowly(value, bytes);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private sealed class DerivedList : List<string>;

    [JsonConverter(typeof(Converter))]
    private sealed class Converted
    {
        internal sealed class Converter : Newtonsoft.Json.JsonConverter
        {
            public override bool CanConvert(Type objectType) => objectType == typeof(Converted);

            public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
                => throw new NotSupportedException();

            public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => writer.WriteValue("converted");
        }
    }
}
