#if !NET9_0_OR_GREATER
namespace System.Diagnostics.CodeAnalysis;

/// <summary>Tells trimming that a property is false unless a feature is supported.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
internal sealed class FeatureGuardAttribute(Type featureType) : Attribute
{
    public Type FeatureType { get; } = featureType;
}

/// <summary>Tells trimming which switch of the runtime a property has the value of.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FeatureSwitchDefinitionAttribute(string switchName) : Attribute
{
    public string SwitchName { get; } = switchName;
}

#if NETSTANDARD2_0
/// <summary>What of a type must be kept; see <see cref="DynamicallyAccessedMembersAttribute"/>.</summary>
[Flags]
internal enum DynamicallyAccessedMemberTypes
{
    None = 0,
    NonPublicFields = 0x40,
}

/// <summary>Tells trimming what of a type must be kept.</summary>
[AttributeUsage(AttributeTargets.GenericParameter)]
internal sealed class DynamicallyAccessedMembersAttribute(DynamicallyAccessedMemberTypes memberTypes) : Attribute
{
    public DynamicallyAccessedMemberTypes MemberTypes { get; } = memberTypes;
}

/// <summary>Tells callers that trimming breaks a method.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Constructor | AttributeTargets.Method)]
internal sealed class RequiresUnreferencedCodeAttribute(string message) : Attribute
{
    public string Message { get; } = message;
}

/// <summary>Tells callers that native compilation breaks a method.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Constructor | AttributeTargets.Method)]
internal sealed class RequiresDynamicCodeAttribute(string message) : Attribute
{
    public string Message { get; } = message;
}

/// <summary>Tells trimming that a warning is not right, and why.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
internal sealed class UnconditionalSuppressMessageAttribute(string category, string checkId) : Attribute
{
    public string Category { get; } = category;

    public string CheckId { get; } = checkId;

    public string? Justification { get; set; }
}
#endif
#endif
