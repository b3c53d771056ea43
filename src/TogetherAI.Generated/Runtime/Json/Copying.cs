using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>Copies what the fields of a request hold. What cannot be changed is shared, and so are files and streams.</summary>
internal static class Copying
{
    public static T Copy<T>(T value) => value switch
    {
        IUnion union when !IsChangeable(union) => value,
        ICopied copied => (T)copied.Copy(),
        JToken json => (T)(object)json.DeepClone(),
        byte[] bytes => (T)bytes.Clone(),
        _ => value,
    };

    public static T[] Copy<T>(T[] items) => Array.ConvertAll(items, Copy);

    [return: NotNullIfNotNull(nameof(items))]
    public static IList<T>? Copy<T>(IList<T>? items) => items is null ? null : [.. items.Select(Copy)];

    [return: NotNullIfNotNull(nameof(items))]
    public static IList<IList<T>>? Copy<T>(IList<IList<T>>? items) => items is null ? null : [.. items.Select(static inner => Copy(inner)!)];

    [return: NotNullIfNotNull(nameof(values))]
    public static IDictionary<string, T>? Copy<T>(IDictionary<string, T>? values) => values?.ToDictionary(static entry => entry.Key, static entry => Copy(entry.Value));

    [return: NotNullIfNotNull(nameof(values))]
    public static IDictionary<string, IList<T>>? Copy<T>(IDictionary<string, IList<T>>? values)
        => values?.ToDictionary(static entry => entry.Key, static entry => Copy(entry.Value)!);

    // A file has no JSON, and texts, numbers and words cannot be changed.
    private static bool IsChangeable(IUnion union)
        => union is not IShared && union.Value is not (null or string or ValueType or IOpenWord);
}
