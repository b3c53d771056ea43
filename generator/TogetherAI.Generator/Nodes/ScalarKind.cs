namespace TogetherAI.Generator.Nodes;

/// <summary>The kinds of single values that JSON has.</summary>
internal enum ScalarKind
{
    Null,
    Boolean,
    Number,
    Text,
}
