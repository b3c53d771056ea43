using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Faults;

/// <summary>Something of a document that is wrong, or that no client can be generated from.</summary>
/// <param name="Code">The code that <c>generator/README.md</c> explains, such as <c>TAI0012</c>.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Sentence">What is wrong and what to do, in one line.</param>
internal sealed record Fault(string Code, Place Place, string Sentence)
{
    /// <summary>Formats the fault as an error that MSBuild recognizes.</summary>
    public override string ToString() => $"{Place}: error {Code}: {Sentence}";
}
