#if NETSTANDARD2_0
namespace System.Diagnostics.CodeAnalysis;

/// <summary>Tells the compiler that a property takes null though it never returns it.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class AllowNullAttribute : Attribute;
#endif
