namespace TogetherAI.Runtime.Http;

/// <summary>
/// Appends the paths of the document to a base address. That may come with or without a slash at its end, with a path of
/// its own (a gateway's prefix), with the version that the paths have already, and with a query that belongs to every call
/// (a proxy's code).
/// </summary>
internal static class BaseAddress
{
    // Of v1 and the like.
    private const int VersionLength = 2;

    public static Uri Join(Uri baseUrl, string relative)
    {
        relative = relative.TrimStart('/');
        var root = baseUrl.GetLeftPart(UriPartial.Path);
        if (IsVersion(relative, 0) && relative.IndexOf('/') == VersionLength && EndsInVersion(baseUrl.AbsolutePath))
        {
            root = root.TrimEnd('/');
            root = root.Substring(0, root.Length - VersionLength);
        }

        var url = (root.EndsWith("/", StringComparison.Ordinal) ? root : root + "/") + relative;
        var query = baseUrl.Query.TrimStart('?');
        return new Uri(query.Length == 0 ? url : url + (url.IndexOf('?') < 0 ? '?' : '&') + query);
    }

    private static bool EndsInVersion(string path)
    {
        var length = path.TrimEnd('/').Length;
        return length > VersionLength && path[length - VersionLength - 1] == '/' && IsVersion(path, length - VersionLength);
    }

    private static bool IsVersion(string text, int start)
        => text.Length >= start + VersionLength && text[start] == 'v' && char.IsDigit(text[start + 1]);
}
