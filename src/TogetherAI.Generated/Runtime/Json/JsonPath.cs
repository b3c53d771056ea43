using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>Ways into a JSON value, such as <c>delta/content</c> or <c>output/0/text</c>: names of fields and positions in arrays.</summary>
internal static class JsonPath
{
    // Of a character, as \u0000.
    private const int MaxEscapeLength = 6;

    public static byte[][] Parse(string path) => Array.ConvertAll(path.Split('/'), static name => Encoding.UTF8.GetBytes(name));

    public static byte[][][] ParseAll(string[] paths) => Array.ConvertAll(paths, Parse);

    /// <summary>Whether a step is a position in an array.</summary>
    public static bool IsPosition(byte[] step) => Array.TrueForAll(step, static digit => digit is >= (byte)'0' and <= (byte)'9');

    /// <summary>The token of an array's item; null where the step is no position in it.</summary>
    public static int? Item(int array, byte[] step, JsonTape tape)
    {
        if (!int.TryParse(Encoding.UTF8.GetString(step), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            return null;
        }

        var item = array + 1;
        for (; tape[item].Type != JsonTokenType.EndArray; item = tape.After(item))
        {
            if (position-- == 0)
            {
                return item;
            }
        }

        return null;
    }

    /// <summary>
    /// The value that a way of names leads to, as JSON, found without keeping anything of the text; empty where it leads
    /// nowhere. Of several fields of a name the last one counts, as in <see cref="JsonTape.Find"/>.
    /// </summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json, byte[][] path)
    {
        foreach (var step in path)
        {
            json = Field(json, ApiJson.Decode(step));
        }

        return json;
    }

    /// <summary>The token that a way leads to; null where it leads nowhere.</summary>
    public static int? Find(int value, byte[][] path, JsonTape tape, ReadOnlySpan<byte> json)
    {
        int? found = value;
        foreach (var step in path)
        {
            found = tape[found.Value].Type switch
            {
                JsonTokenType.StartObject => tape.Find(found.Value, json, step),
                JsonTokenType.StartArray => Item(found.Value, step, tape),
                _ => null,
            };
            if (found is null)
            {
                return null;
            }
        }

        return found;
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> json, string field)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth });
        ReadOnlySpan<byte> found = default;
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return found;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // A name with escapes is longer than it looks.
            var isField = reader.ValueSpan.Length <= field.Length * MaxEscapeLength && string.Equals(reader.GetString(), field, StringComparison.OrdinalIgnoreCase);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            found = isField ? json.Slice(start, (int)reader.BytesConsumed - start) : found;
        }

        return found;
    }
}
