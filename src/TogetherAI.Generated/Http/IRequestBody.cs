namespace TogetherAI;

/// <summary>The body of a call, of which each attempt sends a content of its own.</summary>
internal interface IRequestBody
{
    /// <summary>Whether the body could be sent once more.</summary>
    bool CanSendAgain { get; }

    HttpContent CreateContent();
}
