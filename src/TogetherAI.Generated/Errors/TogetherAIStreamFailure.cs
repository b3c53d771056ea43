namespace TogetherAI;

/// <summary>Specifies how a stream failed.</summary>
public enum TogetherAIStreamFailure
{
    /// <summary>The server reported an error as an event of the stream.</summary>
    ServerError,

    /// <summary>An event is not a JSON object that matches the API description.</summary>
    MalformedEvent,

    /// <summary>The stream ended without an indication that it is complete.</summary>
    Incomplete,

    /// <summary>The connection was lost during the stream.</summary>
    ConnectionLost,

    /// <summary>An event is larger than <see cref="TogetherAIOptions.MaxEventBytes"/>.</summary>
    EventTooLarge,

    /// <summary>The response was successful, but is not an event stream.</summary>
    NotAnEventStream,
}
