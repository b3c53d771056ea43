namespace TogetherAI.Runtime.Contracts;

/// <summary>A resource that a server works on for a while; generated.</summary>
internal interface IJob
{
    /// <summary>Whether it has ended, successfully or not; a status that the document does not know is not the end.</summary>
    bool IsFinished { get; }

    /// <summary>Whether it has ended without a result.</summary>
    bool HasFailed { get; }

    /// <summary>The status as the server says it; null where it says none.</summary>
    string? StatusText { get; }

    /// <summary>What the server says of a failure: a text or an object; null where it says nothing.</summary>
    object? FailureReason { get; }
}
