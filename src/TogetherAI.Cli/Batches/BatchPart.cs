namespace TogetherAI.Cli.Batches;

/// <summary>Requests that are one batch.</summary>
internal sealed class BatchPart
{
    /// <summary>The number of the last line of the file that belongs to this part.</summary>
    public long LastLine { get; set; }

    /// <summary>The number of requests.</summary>
    public int Count { get; set; }

    /// <summary>The id of the file that was uploaded; null if it was not.</summary>
    public string? FileId { get; set; }

    /// <summary>The id of the batch; null if it was not created, or it is not known.</summary>
    public string? BatchId { get; set; }

    /// <summary>Whether all its responses have been written.</summary>
    public bool IsDone { get; set; }
}
