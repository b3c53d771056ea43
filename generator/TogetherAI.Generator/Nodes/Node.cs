namespace TogetherAI.Generator.Nodes;

/// <summary>A value of a document, YAML or JSON, that knows where it stands.</summary>
internal abstract class Node(Place place)
{
    public Place Place { get; } = place;

    /// <summary>What the value is, for messages: "a map", "a list", "a text" and so on.</summary>
    public abstract string Kind { get; }

    /// <summary>How many nodes it is, itself included.</summary>
    public abstract int Size { get; }

    /// <summary>A copy that can be changed without the original; places stay.</summary>
    public abstract Node Clone();
}
