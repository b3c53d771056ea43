namespace TogetherAI.Cli.Http;

/// <summary>What the command line says about the connection.</summary>
internal sealed record ConnectionSettings(Uri? ApiUrl, TimeSpan? Timeout, bool AllowInsecureHttp)
{
    /// <summary>Whether the address is the root of others.</summary>
    public bool IsRoot { get; init; }

    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
