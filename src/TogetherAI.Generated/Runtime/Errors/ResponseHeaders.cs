using System.Globalization;

namespace TogetherAI.Runtime.Errors;

/// <summary>Reads header values the same way on every machine: no culture, and no invalid value.</summary>
internal static class ResponseHeaders
{
    private const int TooManyRequests = 429;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    // They hand out credentials, or say how to get some.
    private static readonly string[] LeftOut = ["Set-Cookie", "Set-Cookie2", "WWW-Authenticate", "Proxy-Authenticate", "Authentication-Info", "Proxy-Authentication-Info"];

    /// <summary>The headers that a caller may see who asks for them, as they came.</summary>
    public static IReadOnlyDictionary<string, string> All(HttpResponseMessage response)
        => Where(response, static name => !LeftOut.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The headers that an exception carries, which a program may log as it is: those that a list names.</summary>
    /// <param name="response">The response.</param>
    /// <param name="names">The names; one that ends with <c>*</c> stands for all that begin so.</param>
    public static IReadOnlyDictionary<string, string> Known(HttpResponseMessage response, IReadOnlyList<string> names)
        => Where(response, header => names.Any(name => name[name.Length - 1] == '*'
            ? header.StartsWith(name.Substring(0, name.Length - 1), StringComparison.OrdinalIgnoreCase)
            : name.Equals(header, StringComparison.OrdinalIgnoreCase)));

    private static Dictionary<string, string> Where(HttpResponseMessage response, Func<string, bool> isWanted)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in response.Content is { } content ? response.Headers.Concat(content.Headers) : response.Headers)
        {
            if (isWanted(header.Key))
            {
                headers[header.Key] = string.Join(", ", header.Value);
            }
        }

        return headers;
    }

    public static string? Text(HttpResponseMessage response, string name)
    {
        if (!response.Headers.TryGetValues(name, out var values))
        {
            return null;
        }

        var value = values.FirstOrDefault()?.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }

    public static string? ContentType(HttpResponseMessage response)
        => response.Content is { } content && content.Headers.TryGetValues("Content-Type", out var values) ? values.FirstOrDefault() : null;

    public static double? Number(HttpResponseMessage response, string name)
    {
        var isNumber = double.TryParse(Text(response, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        return isNumber && value >= 0 && !double.IsInfinity(value) ? value : null;
    }

    public static TimeSpan? Seconds(HttpResponseMessage response, string name)
        => Number(response, name) is { } seconds ? FromSeconds(seconds) : null;

    /// <summary>What the server says about trying again, where it says anything.</summary>
    public static bool? ShouldRetry(HttpResponseMessage response)
        => bool.TryParse(Text(response, "x-should-retry"), out var shouldRetry) ? shouldRetry : null;

    /// <summary>
    /// How long the server wants the caller to wait: the milliseconds that some proxies send, then <c>Retry-After</c> in
    /// seconds, fractions of seconds, or as a date (RFC 9110, 10.2.3). For a 429 without a valid one, the service's own counts,
    /// which tells when the rate limit allows the next request: to any other failure that is nothing.
    /// </summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, ServiceProfile profile, DateTimeOffset now)
    {
        TimeSpan?[] waits =
        [
            Number(response, "retry-after-ms") is { } milliseconds ? FromSeconds(milliseconds / 1000) : null,
            Seconds(response, "retry-after"),
            response.Headers.RetryAfter?.Date is { } date ? (date > now ? date - now : TimeSpan.Zero) : null,
        ];
        var wait = waits.FirstOrDefault(wait => wait > TimeSpan.Zero && wait <= LongestWait) ?? waits.FirstOrDefault(wait => wait is not null);
        var isMeant = wait is not null && wait <= LongestWait;
        return !isMeant && (int)response.StatusCode == TooManyRequests ? profile.RateLimitWait(response) ?? wait : wait;
    }

    // TimeSpan cannot hold what a double can: 292,000 years are as good as any larger wait.
    private static TimeSpan FromSeconds(double seconds)
        => seconds >= TimeSpan.MaxValue.TotalSeconds ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);
}
