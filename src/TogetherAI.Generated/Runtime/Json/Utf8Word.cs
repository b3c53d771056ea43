#if NET8_0_OR_GREATER
using System.Text.Json;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads extensible enum values. A known word is shared, not copied from the wire.</summary>
internal static class Utf8Word<TWord>
    where TWord : class, IOpenWord
{
    public static TWord? Read(ref Utf8Source source)
    {
        switch (source.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                foreach (var (utf8, word) in OpenWords<TWord>.Known)
                {
                    if (JsonText.Is(source.Bytes, source.IsEscaped, utf8))
                    {
                        return word;
                    }
                }

                return OpenWords<TWord>.Create(source.ReadText());
            default:
                return source.ReadSlowly<TWord>();
        }
    }
}
#endif
