namespace TogetherAI.Tests.Support;

/// <summary>The four ways of calling an endpoint, for rules that hold for each of them.</summary>
public enum Call
{
    Run,
    StreamBytes,
    Stream,
    StreamTokens,
}
