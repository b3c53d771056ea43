namespace TogetherAI.DependencyInjection;

/// <summary>Finds handlers that retry requests, which the client does itself. They are known by name: no package of theirs is needed.</summary>
internal static class RetryHandlers
{
    // Of Microsoft.Extensions.Http.Polly; that of Microsoft.Extensions.Http.Resilience has the word in its name.
    private const string PollyHandler = "Microsoft.Extensions.Http.PolicyHttpMessageHandler";

    private static readonly string[] Words = ["Resilience", "Retry", "Retries"];

    /// <summary>The name of the first such handler in a chain; null where there is none.</summary>
    public static string? Find(HttpMessageHandler? handler)
    {
        for (; handler is DelegatingHandler delegating; handler = delegating.InnerHandler)
        {
            var type = delegating.GetType();
            if (type.FullName == PollyHandler || Words.Any(word => type.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
            {
                return type.Name;
            }
        }

        return null;
    }
}
