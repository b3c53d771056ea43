using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>Ways into a JSON value, such as <c>delta/content</c> or <c>output/0/text</c>: names of fields and positions in arrays.</summary>
internal static class JsonPath
{
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
}
