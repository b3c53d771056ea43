using System.Text.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>Finds values in a JSON text by many ways at once, in one pass that keeps nothing of it.</summary>
internal static class JsonSearch
{
    /// <summary>Is told of a value that a way leads to; of several fields of a name, of each.</summary>
    /// <param name="path">The number of the way.</param>
    /// <param name="value">The value, as JSON.</param>
    public delegate void Found(int path, ReadOnlySpan<byte> value);

    private static ReadOnlySpan<byte> EveryItem => "*"u8;

    /// <summary>Searches a text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="paths">The ways: names of fields, in any case of letters, and <c>*</c> for every item of an array; at most 64.</param>
    /// <param name="found">Is told what is found.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static void Find(ReadOnlySpan<byte> json, byte[][][] paths, Found found)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth });
        if (paths.Length > 0 && !json.IsEmpty && reader.Read())
        {
            Search(ref reader, json, paths, ulong.MaxValue >> (64 - paths.Length), depth: 0, found);
        }
    }

    // Leaves the reader at the end of the value. A bit of "wanted" stands for a way that has led here.
    private static void Search(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, byte[][][] paths, ulong wanted, int depth, Found found)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var (next, ended) = Step(ref reader, paths, wanted, depth, isItem: false);
                    reader.Read();
                    Value(ref reader, json, paths, next, ended, depth, found);
                }

                break;
            case JsonTokenType.StartArray:
                var (nextOfItems, endedOfItems) = Step(ref reader, paths, wanted, depth, isItem: true);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    Value(ref reader, json, paths, nextOfItems, endedOfItems, depth, found);
                }

                break;
        }
    }

    private static void Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, byte[][][] paths, ulong next, ulong ended, int depth, Found found)
    {
        var start = (int)reader.TokenStartIndex;
        if (next != 0)
        {
            Search(ref reader, json, paths, next, depth + 1, found);
        }
        else
        {
            reader.Skip();
        }

        for (var path = 0; ended != 0 && path < paths.Length; path++)
        {
            if ((ended >> path & 1) != 0)
            {
                found(path, json.Slice(start, (int)reader.BytesConsumed - start));
            }
        }
    }

    // The ways that go on through a field or an item, and those that end there.
    private static (ulong Next, ulong Ended) Step(ref Utf8JsonReader reader, byte[][][] paths, ulong wanted, int depth, bool isItem)
    {
        ulong next = 0;
        ulong ended = 0;
        for (var path = 0; path < paths.Length; path++)
        {
            var steps = paths[path];
            if ((wanted >> path & 1) != 0 && (isItem ? EveryItem.SequenceEqual(steps[depth]) : NameIs(ref reader, steps[depth])))
            {
                (next, ended) = steps.Length == depth + 1 ? (next, ended | 1UL << path) : (next | 1UL << path, ended);
            }
        }

        return (next, ended);
    }

    private static bool NameIs(ref Utf8JsonReader reader, byte[] step)
    {
        var name = reader.ValueSpan;
        return reader.ValueIsEscaped
            ? string.Equals(JsonText.Decode(ref reader), ApiJson.Decode(step), StringComparison.OrdinalIgnoreCase)
            : name.SequenceEqual(step) || (name.Length == step.Length && JsonTape.EqualsInOtherCase(name, step));
    }
}
