#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Text.Json;
using TogetherAI.Runtime.Buffers;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads arrays.</summary>
internal static class Utf8List
{
    public static IReadOnlyList<T>? ReadReceived<T>(ref Utf8Source source, Utf8Read<T> read) => Read(ref source, read);

    public static IList<T>? ReadSent<T>(ref Utf8Source source, Utf8Read<T> read) => Read(ref source, read);

    public static T[]? ReadArray<T>(ref Utf8Source source, Utf8Read<T> read) => Read(ref source, read)?.ToArray();

    /// <summary>Reads an array of numbers, of which there may be thousands: a growing array would leave as many behind.</summary>
    public static PooledBuffer<T> ReadPooled<T>(ref Utf8Source source, Utf8Read<T> read)
    {
        var numbers = new PooledBuffer<T>(capacity: 1024);
        try
        {
            for (source.Read(); !source.IsGivenUp && source.TokenType != JsonTokenType.EndArray; source.Read())
            {
                source.Path?.Push(numbers.Length);
                numbers.Add(read(ref source)!);
                source.Path?.Pop();
            }

            return numbers;
        }
        catch
        {
            numbers.Dispose();
            throw;
        }
    }

    private static List<T>? Read<T>(ref Utf8Source source, Utf8Read<T> read)
    {
        if (source.TokenType != JsonTokenType.StartArray)
        {
            return source.ReadNoArray<List<T>>();
        }

        return RuntimeHelpers.IsReferenceOrContainsReferences<T>() ? ReadObjects(ref source, read) : ReadNumbers(ref source, read);
    }

    private static List<T> ReadObjects<T>(ref Utf8Source source, Utf8Read<T> read)
    {
        var list = new List<T>(capacity: 1);
        for (source.Read(); !source.IsGivenUp && source.TokenType != JsonTokenType.EndArray; source.Read())
        {
            source.Spend();
            source.Path?.Push(list.Count);
            list.Add(read(ref source)!);
            source.Path?.Pop();
        }

        return list;
    }

    private static List<T> ReadNumbers<T>(ref Utf8Source source, Utf8Read<T> read)
    {
        using var numbers = ReadPooled(ref source, read);
        return new List<T>(numbers.Items);
    }
}
#endif
