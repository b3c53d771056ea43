namespace TogetherAI.Runtime.Contracts;

/// <summary>A part of a request that copies itself with all that it holds; generated.</summary>
internal interface ICopied
{
    /// <summary>A copy, which shares nothing with the object that could be changed.</summary>
    object Copy();
}
