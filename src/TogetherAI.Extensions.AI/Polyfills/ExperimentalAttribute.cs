#if NETSTANDARD2_0
namespace System.Diagnostics.CodeAnalysis;

// The compiler knows it by its name; .NET Standard 2.0 does not have it.
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = false)]
internal sealed class ExperimentalAttribute(string diagnosticId) : Attribute
{
    public string DiagnosticId { get; } = diagnosticId;

    public string? UrlFormat { get; set; }
}
#endif
