using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Loading;

/// <summary>A file that was read. Invariant: nobody changes its nodes; what is taken out of it is a copy.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Root">What it holds.</param>
internal sealed record SourceFile(string Path, Node Root);
