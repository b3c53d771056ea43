#if NET8_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Newtonsoft.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Types that are neither generated nor free-form JSON, which the serializer of Newtonsoft.Json reads and writes. Trimming breaks
/// it, so that a program that is trimmed cannot use them.
/// </summary>
internal static class OwnTypes
{
    /// <summary>The name of the switch of the runtime; the package sets it to false where a program is published trimmed.</summary>
    public const string Switch = "NewtonsoftJsonSerializer.IsSupported";

    private const string Guarded = "The switch guards it, which the analysis of .NET 8 does not understand.";

    /// <summary>Whether they can be used.</summary>
    [FeatureSwitchDefinition(Switch)]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
#pragma warning disable IL4000 // The targets of the package set the switch to false where a program is trimmed.
    public static bool AreSupported => AppContext.TryGetSwitch(Switch, out var areSupported) ? areSupported : RuntimeFeature.IsDynamicCodeSupported;
#pragma warning restore IL4000

    /// <summary>Reads the value that a source stands on.</summary>
    /// <exception cref="NotSupportedException">The program is trimmed.</exception>
#if !NET9_0_OR_GREATER
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Guarded)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = Guarded)]
#endif
    public static T? Read<T>(ref Utf8Source source)
    {
        if (!AreSupported)
        {
            throw new NotSupportedException(
                $"{typeof(T)} is neither a type of this library nor free-form JSON such as JObject. A trimmed program can read no other. Read a JObject, and that with a serializer of your own.");
        }

        return source.ReadOwn<T>();
    }

    /// <summary>Writes a value.</summary>
    /// <exception cref="JsonSerializationException">The program is trimmed.</exception>
#if !NET9_0_OR_GREATER
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Guarded)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = Guarded)]
#endif
    public static void Write(object value, Stream utf8)
    {
        if (!AreSupported)
        {
            throw new JsonSerializationException(
                $"{value.GetType()} is neither a type of this library nor free-form JSON such as JObject, nor a list or dictionary of these. A trimmed program can write no other.");
        }

        NewtonsoftJson.WriteSlowly(value, utf8);
    }
}
#endif
