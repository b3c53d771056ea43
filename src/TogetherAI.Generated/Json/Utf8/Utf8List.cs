#if NET8_0_OR_GREATER
using System.Text.Json;

namespace TogetherAI;

/// <summary>Reads arrays.</summary>
internal static class Utf8List<T>
{
    public static List<T>? Read(ref Utf8Source source)
    {
        if (source.Reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (source.Reader.TokenType != JsonTokenType.StartArray)
        {
            return source.GiveUp<List<T>>();
        }

        var read = Utf8Value<T>.Read;
        var list = new List<T>(capacity: 1);
        while (!source.IsGivenUp && source.Reader.Read() && source.Reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(read(ref source)!);
        }

        return list;
    }
}
#endif
