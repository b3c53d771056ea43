using System.Diagnostics.CodeAnalysis;

namespace TogetherAI.Runtime.Json;

/// <summary>What of the type of a whole text must be kept where a program is trimmed.</summary>
internal static class ReadableTypes
{
    /// <summary>The field of a generated type with the method by which it reads itself.</summary>
    public const DynamicallyAccessedMemberTypes Members = DynamicallyAccessedMemberTypes.NonPublicFields;
}
