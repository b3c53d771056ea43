namespace TogetherAI.Cli.Http;

/// <summary>What the command line says about the connection.</summary>
internal sealed record ConnectionSettings(Uri? ApiUrl, TimeSpan? Timeout, bool AllowInsecureHttp)
{
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
