using System.Reflection;
using System.Text;
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

/// <summary>What there is to know of a set of extensible enum values.</summary>
internal static class OpenWords<TWord>
    where TWord : class, IOpenWord
{
    /// <summary>Makes a word of a text: the conversion that every one of these types has.</summary>
    public static readonly Func<string?, TWord?> Create =
        (Func<string?, TWord?>)typeof(TWord).GetMethod("op_Implicit", [typeof(string)])!.CreateDelegate(typeof(Func<string?, TWord?>));

    /// <summary>The words that the document lists, with their UTF-8.</summary>
    public static readonly (byte[] Utf8, TWord Word)[] Known =
        [.. typeof(TWord).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(TWord))
            .Select(property => (TWord)property.GetValue(null)!)
            .Select(word => (Encoding.UTF8.GetBytes(word.Value), word))];
}
