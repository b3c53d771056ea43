using System.Collections.ObjectModel;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Lists and maps of responses as callers read them: an empty one, which all share, where the response has none. What the
/// response has stays with the object, so that it is written as it came.
/// </summary>
internal static class CollectionOrEmpty
{
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T>? list) => list ?? [];

    public static IReadOnlyDictionary<string, T> Of<T>(IReadOnlyDictionary<string, T>? map) => map ?? EmptyMap<T>.Shared;

    private static class EmptyMap<T>
    {
        public static readonly ReadOnlyDictionary<string, T> Shared = new(new Dictionary<string, T>());
    }
}
