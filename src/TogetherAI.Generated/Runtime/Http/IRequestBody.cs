namespace TogetherAI.Runtime.Http;

/// <summary>The body of a call, of which each attempt sends a content of its own.</summary>
internal interface IRequestBody
{
    /// <summary>Whether the body could be sent once more.</summary>
    bool CanSendAgain { get; }

    /// <summary>Why the caller's file could not be read; null where it could. HTTP stacks hide it among their own failures.</summary>
    Exception? Failure { get; }

    HttpContent CreateContent();
}
