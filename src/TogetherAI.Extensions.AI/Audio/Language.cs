namespace TogetherAI.Extensions.AI.Audio;

/// <summary>A language as the API accepts it: a code or a locale in lowercase.</summary>
internal static class Language
{
    public static string? From(string? language) => Provider.NullIfEmpty(language?.Trim().ToLowerInvariant());
}
