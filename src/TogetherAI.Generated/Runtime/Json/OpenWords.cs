using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>What holds for every set of extensible enum values.</summary>
internal static class OpenWords
{
    /// <summary>Whether a value is a word without letters: it says nothing, and is not sent.</summary>
    public static bool IsEmpty(object? value) => value is IOpenWord { Value.Length: 0 };

    /// <summary>The words of a list that say something.</summary>
    public static List<IOpenWord> WithoutEmpty(IEnumerable<IOpenWord?> words)
    {
        var rest = new List<IOpenWord>();
        foreach (var word in words)
        {
            if (word is { Value.Length: > 0 })
            {
                rest.Add(word);
            }
        }

        return rest;
    }
}

/// <summary>How a value of a set is made.</summary>
internal static class OpenWords<TWord>
    where TWord : class, IOpenWord<TWord>
{
    /// <summary>Makes a value of a text.</summary>
    public static readonly Func<string, TWord> Create =
#if NET8_0_OR_GREATER
        TWord.Create;
#else
        (Func<string, TWord>)typeof(TWord).GetMethod("op_Implicit", [typeof(string)])!.CreateDelegate(typeof(Func<string, TWord>));
#endif
}
