namespace TogetherAI;

/// <summary>The kinds of <see cref="StreamEvent{T}"/>.</summary>
internal enum StreamEventKind
{
    /// <summary>Nothing for the caller, such as a chunk without text for a reader of texts.</summary>
    Nothing,

    /// <summary>A value for the caller.</summary>
    Value,

    /// <summary>The end that the server announces.</summary>
    Done,
}
