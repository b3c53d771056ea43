#if NET8_0_OR_GREATER
namespace TogetherAI.Runtime.Json;

/// <summary>Reads the value that <paramref name="source"/> stands on, up to its last token.</summary>
internal delegate T? Utf8Read<T>(ref Utf8Source source);
#endif
