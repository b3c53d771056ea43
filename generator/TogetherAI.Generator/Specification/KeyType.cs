namespace TogetherAI.Generator.Specification;

/// <summary>What a value of a document may be.</summary>
internal abstract record KeyType
{
    /// <summary>A single value.</summary>
    /// <param name="Name">text, boolean, number, integer, count or any.</param>
    internal sealed record Simple(string Name) : KeyType;

    /// <summary>One of a closed set of words.</summary>
    internal sealed record Words(IReadOnlyList<string> All) : KeyType;

    /// <summary>One of the table's objects.</summary>
    internal sealed record Object(string Name) : KeyType;

    internal sealed record ListOf(KeyType Item) : KeyType;

    internal sealed record MapOf(KeyType Value) : KeyType;

    /// <summary>One type or another; which one the shape of the value tells.</summary>
    internal sealed record Either(IReadOnlyList<KeyType> Types) : KeyType;
}
