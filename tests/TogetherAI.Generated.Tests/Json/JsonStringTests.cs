using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace TogetherAI.Tests.Json;

/// <summary>
/// Strings are read many bytes together; wherever their escapes, ends and faults fall, the outcome must be that of readers
/// that go byte by byte.
/// </summary>
public sealed class JsonStringTests
{
    private const int Rounds = 100_000;

    private static readonly string[] Pieces =
        ["\\\\", "\\\"", "\\n", "\\/", "\\u00e9", "\\ud83d", "\\ude00", "a", "bc", "é", "😀", "plain text of some length, with more in it than a block has"];

    private static readonly string[] Faults = ["\\", "\"", "\t", "\\x", "\\u12", "\\u12g4", "\0"];

    [Test]
    public void Length_string_with_escapes_anywhere_is_that_of_Utf8JsonReader()
    {
        var random = new Random(20261124);
        for (var round = 0; round < Rounds; round++)
        {
            var json = Encoding.UTF8.GetBytes(Text(random, faults: true) + "\"]" + new string(' ', random.Next(70)));

            var length = JsonString.Length(json, out var isEscaped);

            var (expectedLength, expectedIsEscaped) = Expected(json);
            Assert.That(length, Is.EqualTo(expectedLength), Encoding.UTF8.GetString(json));
            Assert.That(length == JsonString.None || isEscaped == expectedIsEscaped, Encoding.UTF8.GetString(json));
        }
    }

    [Test]
    public void Decode_string_with_escapes_anywhere_is_what_Newtonsoft_reads()
    {
        var random = new Random(20261124);
        for (var round = 0; round < Rounds; round++)
        {
            var utf8 = Encoding.UTF8.GetBytes(Text(random, faults: false));

            var text = JsonText.Decode(utf8, isEscaped: true);

            Assert.That(text, Is.EqualTo(NewtonsoftJson.DeserializeOrNull<string>([(byte)'"', .. utf8, (byte)'"'])));
        }
    }

    private static string Text(Random random, bool faults)
    {
        var text = new StringBuilder();
        for (var pieces = random.Next(40); pieces > 0; pieces--)
        {
            // Now and then a crowd of the same, so that runs of backslashes are long too.
            var piece = Pieces[random.Next(Pieces.Length)];
            text.Append(string.Concat(Enumerable.Repeat(piece, random.Next(8) == 0 ? random.Next(20) : 1)));
        }

        return faults && random.Next(2) == 0 ? text.Insert(random.Next(text.Length + 1), Faults[random.Next(Faults.Length)]).ToString() : text.ToString();
    }

    private static (int Length, bool IsEscaped) Expected(byte[] json)
    {
        var reader = new Utf8JsonReader([(byte)'[', (byte)'"', .. json], isFinalBlock: true, state: default);
        try
        {
            reader.Read();
            reader.Read();
            return (reader.ValueSpan.Length, reader.ValueIsEscaped);
        }
        catch (JsonException)
        {
            return (JsonString.None, false);
        }
    }
}
