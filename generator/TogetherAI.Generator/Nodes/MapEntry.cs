namespace TogetherAI.Generator.Nodes;

/// <summary>One entry of a map.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeyPlace">Where the key stands.</param>
/// <param name="Value">The value.</param>
internal sealed record MapEntry(string Key, Place KeyPlace, Node Value);
