namespace TogetherAI.Runtime.Errors;

/// <summary>Where the secrets are that a caller entrusted to a call.</summary>
internal interface ICallSecrets
{
    string? ApiKey { get; }

    /// <summary>The address as the caller gave it, with what of it may be secret.</summary>
    Uri GivenAddress { get; }

    IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>What the request has in fields and parameters that the document marks as secret.</summary>
    IReadOnlyCollection<string> RequestSecrets { get; }

    HttpClient HttpClient { get; }
}
