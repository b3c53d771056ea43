namespace TogetherAI;

/// <summary>The ways in which a stream fails.</summary>
public enum TogetherAIStreamFailure
{
    /// <summary>The server reported an error as an event of the stream.</summary>
    ServerError,

    /// <summary>An event is not the JSON object that the document describes.</summary>
    MalformedEvent,

    /// <summary>The stream ended without saying that it is complete.</summary>
    Incomplete,

    /// <summary>The connection broke inside the stream.</summary>
    ConnectionLost,

    /// <summary>An event is larger than <see cref="TogetherAIOptions.MaxEventBytes"/>.</summary>
    EventTooLarge,

    /// <summary>The server reported success, but not with an event stream.</summary>
    NotAnEventStream,
}
