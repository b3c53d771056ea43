using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Reading;

/// <summary>Reads JSON into nodes.</summary>
internal static class JsonNodeReader
{
    private const int MaxDepth = 512;

    /// <summary>Reads JSON; false where the text is not JSON, which may still be YAML in flow style.</summary>
    /// <exception cref="DocumentException">The text is JSON with a fault.</exception>
    public static bool TryRead(string text, string name, FaultList faults, [NotNullWhen(true)] out Node? node)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
        var places = new Places(bytes, name);
        try
        {
            reader.Read();
            node = ReadValue(ref reader, places, faults);
            reader.Read();
            return true;
        }
        catch (JsonException exception) when (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            var line = (int)(exception.LineNumber ?? 0) + 1;
            var column = places.ColumnOf(line, (int)(exception.BytePositionInLine ?? 0));
            throw new DocumentException(Codes.Syntax, new Place(name, line, column), $"This is not JSON: {Sentence(exception)}");
        }
        catch (JsonException)
        {
            node = null;
            return false;
        }
    }

    // The position stands in front of it, and the options of the reader are not the user's.
    private static string Sentence(JsonException exception)
    {
        var sentence = exception.Message;
        var end = sentence.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? sentence : sentence[..end]).Replace(" in this mode. Change the reader options.", ".", StringComparison.Ordinal);
    }

    private static Node ReadValue(ref Utf8JsonReader reader, Places places, FaultList faults)
    {
        var place = places.At((int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var map = new MapNode(place);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var keyPlace = places.At((int)reader.TokenStartIndex);
                    var key = GetString(ref reader, keyPlace);
                    reader.Read();
                    DuplicateKeys.Add(map, key, keyPlace, ReadValue(ref reader, places, faults), faults);
                }

                return map;
            case JsonTokenType.StartArray:
                var list = new ListNode(place);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Items.Add(ReadValue(ref reader, places, faults));
                }

                return list;
            case JsonTokenType.String:
                return ScalarNode.FromText(GetString(ref reader, place), place);
            case JsonTokenType.Number:
                return new ScalarNode(place, ScalarKind.Number, Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True or JsonTokenType.False:
                return ScalarNode.FromBoolean(reader.TokenType == JsonTokenType.True, place);
            default:
                return new ScalarNode(place, ScalarKind.Null, "null");
        }
    }

    private static string GetString(ref Utf8JsonReader reader, Place place)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new DocumentException(Codes.Syntax, place, "The string contains an escaped, unpaired surrogate. Write the character itself.");
        }
    }

    /// <summary>Turns offsets into lines and columns.</summary>
    private sealed class Places(byte[] bytes, string name)
    {
        private readonly List<int> _lines = FindLines(bytes);

        public Place At(int offset)
        {
            var line = _lines.BinarySearch(offset);
            line = line < 0 ? ~line : line + 1;
            return new Place(name, line, ColumnOf(line, offset - _lines[line - 1]));
        }

        public int ColumnOf(int line, int bytesInLine)
        {
            var start = _lines[Math.Min(line, _lines.Count) - 1];
            return Encoding.UTF8.GetCharCount(bytes, start, Math.Min(bytesInLine, bytes.Length - start)) + 1;
        }

        private static List<int> FindLines(byte[] bytes)
        {
            var lines = new List<int> { 0 };
            for (var position = 0; position < bytes.Length; position++)
            {
                if (bytes[position] == (byte)'\n')
                {
                    lines.Add(position + 1);
                }
            }

            return lines;
        }
    }
}
