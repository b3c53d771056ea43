#if NET8_0_OR_GREATER
using System.Reflection;
using System.Text.Json;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads a value of one type; chosen once for each type.</summary>
internal static class Utf8Value<T>
{
    private const string GeneratedMethod = "ReadUtf8";

    public static readonly Utf8Read<T> Read = Choose();

    private static Utf8Read<T> Choose()
    {
        if (Utf8Primitives.Find(typeof(T)) is { } primitive)
        {
            return (Utf8Read<T>)primitive;
        }

        // Generated types read themselves.
        if (typeof(T).GetMethod(GeneratedMethod, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is { } generated)
        {
            return generated.CreateDelegate<Utf8Read<T>>();
        }

        if (typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() is var definition
            && (definition == typeof(IList<>) || definition == typeof(IReadOnlyList<>)))
        {
            return typeof(Utf8List<>).MakeGenericType(typeof(T).GetGenericArguments())
                .GetMethod(nameof(Utf8List<>.Read))!
                .CreateDelegate<Utf8Read<T>>();
        }

        if (typeof(IOpenWord).IsAssignableFrom(typeof(T)))
        {
            return typeof(Utf8Word<>).MakeGenericType(typeof(T)).GetMethod(nameof(Utf8Word<>.Read))!.CreateDelegate<Utf8Read<T>>();
        }

        return default(T) is null
            ? static (ref source) => source.TokenType == JsonTokenType.Null ? default : source.ReadSlowly<T>()
            : static (ref source) => source.ReadSlowly<T>();
    }
}
#endif
