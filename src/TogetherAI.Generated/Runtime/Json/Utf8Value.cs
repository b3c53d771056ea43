#if NET8_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads a value of the type that a whole text is of; chosen once for each type. What is inside such a value is read by calls
/// that are generated.
/// </summary>
internal static class Utf8Value<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>
{
    private const string GeneratedField = "Utf8Reader";

    public static readonly Utf8Read<T> Read = Choose();

    private static Utf8Read<T> Choose()
    {
        if (Primitive() is { } primitive)
        {
            return (Utf8Read<T>)primitive;
        }

        // Generated types read themselves.
        if (typeof(T).GetField(GeneratedField, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)?.GetValue(null) is Utf8Read<T> generated)
        {
            return generated;
        }

        // The others of free-form JSON, such as an object.
        if (typeof(JToken).IsAssignableFrom(typeof(T)))
        {
            return static (ref source) => source.TokenType == JsonTokenType.Null ? default
                : (object?)Utf8Primitives.ReadFreeForm(ref source) is T json ? json
                : source.GiveUp<T>();
        }

        return OwnTypes.Read<T>;
    }

    private static Delegate? Primitive()
        => typeof(T) == typeof(string) ? new Utf8Read<string>(Utf8Primitives.ReadString)
            : typeof(T) == typeof(JToken) ? new Utf8Read<JToken>(Utf8Primitives.ReadFreeForm)
            : typeof(T) == typeof(bool) ? new Utf8Read<bool>(Utf8Primitives.ReadBoolean)
            : typeof(T) == typeof(int) ? new Utf8Read<int>(Utf8Primitives.ReadInt32)
            : typeof(T) == typeof(long) ? new Utf8Read<long>(Utf8Primitives.ReadInt64)
            : typeof(T) == typeof(double) ? new Utf8Read<double>(Utf8Primitives.ReadDouble)
            : typeof(T) == typeof(decimal) ? new Utf8Read<decimal>(Utf8Primitives.ReadDecimal)
            : null;
}
#endif
