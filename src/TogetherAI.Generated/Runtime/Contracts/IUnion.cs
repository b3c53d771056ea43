namespace TogetherAI.Runtime.Contracts;

/// <summary>A value that the document describes as one of several types.</summary>
internal interface IUnion
{
    /// <summary>The value as one of those types, or as the JSON that is none of them.</summary>
    object Value { get; }
}
