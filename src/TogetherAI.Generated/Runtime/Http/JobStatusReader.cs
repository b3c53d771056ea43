using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Http;

/// <summary>Reads the status of a job.</summary>
internal static class JobStatusReader
{
    /// <summary>The text of a status, which may be a text or a word.</summary>
    public static string? Text(object? status) => status switch
    {
        string text => text,
        IOpenWord word => word.Value,
        JValue { Value: string text } => text,
        _ => null,
    };

    /// <summary>Whether a status is one of several, in any case.</summary>
    public static bool IsOneOf(object? status, params string[] known) => Text(status) is { } text && known.Contains(text, StringComparer.OrdinalIgnoreCase);
}
