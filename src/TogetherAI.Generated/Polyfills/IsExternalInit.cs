#if NETSTANDARD2_0
namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler allow <c>init</c> accessors.</summary>
internal static class IsExternalInit
{
}
#endif
