using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Faults;

/// <summary>Something of a document that is wrong, or that no client can be generated from.</summary>
/// <param name="Code">The code that <c>generator/README.md</c> explains, such as <c>TAI0012</c>.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Sentence">What is wrong and what to do, in one line.</param>
/// <param name="IsWarning">Whether a client can be generated in spite of it, as the document may mean it.</param>
internal sealed record Fault(string Code, Place Place, string Sentence, bool IsWarning = false)
{
    /// <summary>Formats the fault as an error or a warning that MSBuild recognizes.</summary>
    public override string ToString() => $"{Place}: {(IsWarning ? "warning" : "error")} {Code}: {Sentence}";
}
