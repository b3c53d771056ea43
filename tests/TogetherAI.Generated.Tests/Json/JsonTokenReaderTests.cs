using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace TogetherAI.Tests.Json;

/// <summary>The tokens of a text, or the exception that it gets, must be those of .NET's own reader.</summary>
public sealed class JsonTokenReaderTests
{
    private const int Rounds = 20_000;

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", " ", "\t\r\n", "\"\"", "\"a\":", "\"text\"", "\"\\n\"", "\"\\u00e9\\\\\"", "\"\\x\"", "\"\\u12g4\"", "\"\\", "\"open", "\"a\u0001\"",
        "0", "-0", "-", "12.5", "1e3", "1E+3", "1e", "01", "1.", ".5", "+1", "true", "tru", "false", "null", "nul", "nulls", "NaN", "'a'", "/* */", "\u00e9", "\ufeff",
        "\"a long text with \\\"escapes\\\" behind its first block, and \\\\ at the end of it\\\\\"", "\"thirty-two bytes without escapes\"",
    ];

    [Test]
    public void Read_random_text_gives_the_tokens_of_the_reader_of_NET()
    {
        var random = new Random(20261128);
        var read = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var json = Text(random);
            var utf8 = Encoding.UTF8.GetBytes(json);

            var tokens = Tokens(utf8);

            Assert.That(tokens, Is.EqualTo(TokensOfNet(utf8)), json);
            read += tokens[^1].StartsWith("end", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.That(read, Is.InRange(Rounds / 10, Rounds * 9 / 10), "Some of the texts must be JSON, and some not.");
    }

    [TestCase(64)]
    [TestCase(65)]
    public void Read_nested_containers_ends_at_the_depth_of_the_reader_of_NET(int depth)
    {
        var utf8 = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[{\"a\":", depth / 2)) + (depth % 2 == 0 ? "1" : "[1]") + string.Concat(Enumerable.Repeat("}]", depth / 2)));

        Assert.That(Tokens(utf8), Is.EqualTo(TokensOfNet(utf8)));
    }

    [Test]
    public void Skip_any_value_ends_at_its_last_token()
    {
        var utf8 = Encoding.UTF8.GetBytes("{\"a\":{\"b\":[1,{}]},\"c\":\"\\n\"}");
        var reader = new JsonTokenReader(utf8);
        reader.Read();
        reader.Read();

        reader.Skip();
        var afterObject = reader.End;
        reader.Read();
        reader.Skip();
        var afterText = reader.End;

        Assert.That((afterObject, afterText), Is.EqualTo(("{\"a\":{\"b\":[1,{}]}".Length, utf8.Length - 1)));
    }

    // Mostly JSON; now and then something is in the wrong place, or missing.
    private static string Text(Random random)
    {
        var json = Value(random, depth: 0);
        for (var changes = random.Next(3); changes > 0; changes--)
        {
            var place = random.Next(json.Length + 1);
            json = random.Next(3) switch
            {
                0 => json.Insert(place, Pieces[random.Next(Pieces.Length)]),
                1 => json[..place],
                _ => json.Remove(place, Math.Min(1, json.Length - place)),
            };
        }

        return json;
    }

    private static string Value(Random random, int depth)
    {
        var space = random.Next(6) == 0 ? " \r\n\t" : "";
        return space + (random.Next(depth > 3 ? 4 : 7) switch
        {
            0 => "\"" + string.Concat(Enumerable.Range(0, random.Next(90)).Select(_ => random.Next(8) == 0 ? "\\\"" : random.Next(30) == 0 ? "\u65e5\\u0041" : "x")) + "\"",
            1 => "-12.5e+3",
            2 => random.Next(2) == 0 ? "true" : "null",
            3 => "\"short\"",
            4 or 5 => "{" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(i => $"\"f\\n{i}\"{space}:{Value(random, depth + 1)}")) + space + "}",
            _ => "[" + string.Join(space + ",", Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))) + "]",
        }) + space;
    }

    private static List<string> Tokens(byte[] utf8)
    {
        var tokens = new List<string>();
        var reader = new JsonTokenReader(utf8);
        try
        {
            while (reader.Read())
            {
                tokens.Add($"{reader.TokenType} {Encoding.UTF8.GetString(reader.Value)} {reader.IsEscaped} {reader.ValueStart} {reader.End}");
            }

            tokens.Add("end");
        }
        catch (JsonException exception)
        {
            // Up to which token each has come by then is its own matter.
            tokens.Clear();
            tokens.Add(exception.Message);
        }

        return tokens;
    }

    private static List<string> TokensOfNet(byte[] utf8)
    {
        var tokens = new List<string>();
        var reader = new Utf8JsonReader(utf8);
        try
        {
            while (reader.Read())
            {
                var isText = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
                var start = (int)reader.TokenStartIndex + (isText ? 1 : 0);
                tokens.Add($"{reader.TokenType} {Encoding.UTF8.GetString(reader.ValueSpan)} {isText && reader.ValueIsEscaped} {start} {start + reader.ValueSpan.Length + (isText ? 1 : 0)}");
            }

            tokens.Add("end");
        }
        catch (JsonException exception)
        {
            tokens.Clear();
            tokens.Add(exception.Message);
        }

        return tokens;
    }
}
