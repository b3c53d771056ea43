#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Text.Json;
using TogetherAI.Runtime.Buffers;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads arrays.</summary>
internal static class Utf8List<T>
{
    public static List<T>? Read(ref Utf8Source source)
    {
        if (source.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (source.TokenType != JsonTokenType.StartArray)
        {
            return source.GiveUp<List<T>>();
        }

        return RuntimeHelpers.IsReferenceOrContainsReferences<T>() ? ReadObjects(ref source) : ReadNumbers(ref source);
    }

    private static List<T> ReadObjects(ref Utf8Source source)
    {
        var read = Utf8Value<T>.Read;
        var list = new List<T>(capacity: 1);
        for (source.Read(); !source.IsGivenUp && source.TokenType != JsonTokenType.EndArray; source.Read())
        {
            source.Spend();
            list.Add(read(ref source)!);
        }

        return list;
    }

    private static List<T> ReadNumbers(ref Utf8Source source)
    {
        using var numbers = ReadPooled(ref source);
        return new List<T>(numbers.Items);
    }

    /// <summary>Reads an array of numbers, of which there may be thousands: a growing array would leave as many behind.</summary>
    public static PooledBuffer<T> ReadPooled(ref Utf8Source source)
    {
        var read = Utf8Value<T>.Read;
        var numbers = new PooledBuffer<T>(capacity: 1024);
        try
        {
            for (source.Read(); !source.IsGivenUp && source.TokenType != JsonTokenType.EndArray; source.Read())
            {
                numbers.Add(read(ref source)!);
            }

            return numbers;
        }
        catch
        {
            numbers.Dispose();
            throw;
        }
    }
}
#endif
