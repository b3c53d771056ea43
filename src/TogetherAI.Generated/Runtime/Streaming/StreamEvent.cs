namespace TogetherAI.Runtime.Streaming;

/// <summary>What an event of a stream turned out to be.</summary>
internal enum StreamEvent
{
    /// <summary>Something that has no value, such as a comment that was passed on as data.</summary>
    Nothing,

    /// <summary>A chunk; its value can be taken from the reader.</summary>
    Value,

    /// <summary>A chunk with a value, after which nothing more comes.</summary>
    Last,

    /// <summary>The announcement that nothing more will come.</summary>
    End,
}
