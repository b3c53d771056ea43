namespace TogetherAI.Net472;

/// <summary>Every kind of call of the client.</summary>
internal static class AllCalls
{
    /// <summary>Makes them against a local server and prints what comes of it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Uri url, string key)
    {
        var options = new TogetherAIOptions { BaseUrl = url, ApiKey = key, MaxRetries = 0, Timeout = TimeSpan.FromSeconds(60) };
        using var client = new TogetherAIClient(options);
        var checks = new CheckList();
        WholeCalls.AddTo(checks, client);
        StreamCalls.AddTo(checks, client);
        DialogCalls.AddTo(checks, client);
        AudioCalls.AddTo(checks, client);
        PlatformCalls.AddTo(checks, client);
        Failures.AddTo(checks, client, url);
        Cancellations.AddTo(checks, client);
        return await checks.RunAsync();
    }
}
