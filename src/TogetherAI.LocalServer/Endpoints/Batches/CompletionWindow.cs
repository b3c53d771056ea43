using System.Globalization;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Batches;

/// <summary>The time that a batch may take, such as <c>24h</c>.</summary>
internal static class CompletionWindow
{
    public const string Default = "24h";

    // What a timer can wait for.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <exception cref="ApiErrorException">It is invalid.</exception>
    public static TimeSpan Parse(string text)
    {
        var unit = text is [.., var last] ? last : ' ';
        TimeSpan? one = unit switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
        return one is { } length
            && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count > 0
            && count <= Longest / length
                ? count * length
                : throw ApiErrorException.Invalid("completion_window must be a number with the unit s, m, h or d, such as 24h, and at most 40d.", "completion_window");
    }
}
