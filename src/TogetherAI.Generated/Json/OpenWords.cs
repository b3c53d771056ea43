using System.Linq.Expressions;
using System.Reflection;
using System.Text;

namespace TogetherAI;

/// <summary>What there is to know of a set of open words.</summary>
internal static class OpenWords<TWord>
    where TWord : struct, IOpenWord
{
    /// <summary>Makes a word of a text.</summary>
    public static readonly Func<string?, TWord> Create = CreateFactory();

    /// <summary>The words that the document lists, with their UTF-8.</summary>
    public static readonly (byte[] Utf8, TWord Word)[] Known =
        [.. typeof(TWord).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(TWord))
            .Select(property => (TWord)property.GetValue(null)!)
            .Select(word => (Encoding.UTF8.GetBytes(word.Value), word))];

    private static Func<string?, TWord> CreateFactory()
    {
        var text = Expression.Parameter(typeof(string));
        var constructor = typeof(TWord).GetConstructor([typeof(string)])!;
        return Expression.Lambda<Func<string?, TWord>>(Expression.New(constructor, text), text).Compile();
    }
}
