namespace TogetherAI.Runtime.Http;

/// <summary>Media types, by what they hold.</summary>
internal static class MediaType
{
    /// <summary>Whether it is JSON (RFC 6839, 3.1: also by its suffix).</summary>
    public static bool IsJson(string mediaType)
    {
        var end = mediaType.IndexOf(';');
        var bare = (end < 0 ? mediaType : mediaType.Substring(0, end)).Trim();
        return bare.Equals("application/json", StringComparison.OrdinalIgnoreCase) || bare.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}
