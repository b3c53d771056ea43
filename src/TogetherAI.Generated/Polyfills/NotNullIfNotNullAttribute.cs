#if NETSTANDARD2_0
namespace System.Diagnostics.CodeAnalysis;

/// <summary>Tells the compiler that what is returned is not null where the named parameter is not.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue, AllowMultiple = true)]
internal sealed class NotNullIfNotNullAttribute : Attribute
{
    public NotNullIfNotNullAttribute(string parameterName) => ParameterName = parameterName;

    public string ParameterName { get; }
}
#endif
