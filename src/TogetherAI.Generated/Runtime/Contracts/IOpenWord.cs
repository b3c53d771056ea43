namespace TogetherAI.Runtime.Contracts;

/// <summary>A value from an extensible enum; generated for every <c>enum</c> of the document.</summary>
internal interface IOpenWord
{
    string Value { get; }
}

/// <summary>The same with what can be made without a value.</summary>
internal interface IOpenWord<TSelf> : IOpenWord
    where TSelf : class, IOpenWord<TSelf>
{
#if NET8_0_OR_GREATER
    /// <summary>Creates a value from its text.</summary>
    static abstract TSelf Create(string value);

    /// <summary>The values that the document lists.</summary>
    static abstract TSelf[] GetKnown();
#endif
}
