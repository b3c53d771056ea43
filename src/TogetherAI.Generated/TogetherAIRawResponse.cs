using System.Diagnostics;

namespace TogetherAI;

/// <summary>A whole response as the server sent it, its content codings undone.</summary>
public sealed class TogetherAIRawResponse
{
    /// <summary>The content.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The status, the headers and the content type.</summary>
    public TogetherAIResponseInfo Info { get; init; } = new();
}
