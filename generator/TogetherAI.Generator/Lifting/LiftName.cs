using TogetherAI.Generator.Naming;

namespace TogetherAI.Generator.Lifting;

/// <summary>Names for what a document leaves without one.</summary>
internal static class LiftName
{
    /// <summary>The words of a name on the wire in PascalCase; empty where it has none.</summary>
    public static string Of(string name) => name.Any(char.IsLetterOrDigit) ? CSharpIdentifier.Pascal(name, "") : "";
}
