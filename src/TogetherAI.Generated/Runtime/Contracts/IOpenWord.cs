namespace TogetherAI.Runtime.Contracts;

/// <summary>A value from an extensible enum; generated for every <c>enum</c> of the document.</summary>
internal interface IOpenWord
{
    string Value { get; }
}
