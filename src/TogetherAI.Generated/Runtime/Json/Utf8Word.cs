#if NET8_0_OR_GREATER
using System.Text;
using System.Text.Json;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads extensible enum values. A known word is shared, not copied from the wire.</summary>
internal static class Utf8Word<TWord>
    where TWord : class, IOpenWord<TWord>
{
    private static readonly (byte[] Utf8, TWord Word)[] Known = [.. TWord.GetKnown().Select(static word => (Encoding.UTF8.GetBytes(word.Value), word))];

    public static TWord? Read(ref Utf8Source source)
    {
        switch (source.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                foreach (var (utf8, word) in Known)
                {
                    if (JsonText.Is(source.Bytes, source.IsEscaped, utf8))
                    {
                        return word;
                    }
                }

                return TWord.Create(source.ReadText());
            default:
                return source.ReadSlowly(static (reader, _) => (TWord?)OpenWordConverter<TWord>.Read(SlowReading.Begun(reader)));
        }
    }
}
#endif
