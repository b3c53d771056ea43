using System.Text;

namespace TogetherAI.Runtime.Errors;

/// <summary>Finds the texts of a call that are secret: its key, values of headers, and what an address has beside its path.</summary>
internal static class SecretValues
{
    // Of names, which may be long words: "X-Gateway-Token", "api_key".
    private static readonly string[] SecretWords = ["auth", "cookie", "credential", "key", "password", "secret", "session", "token"];

    private static readonly string[] SecretParameters = ["code", "sig", "signature", "pwd"];

    private static readonly char[] HeaderSeparators = [' ', ';', ','];

    /// <summary>
    /// Whether a header of that name is likely to carry a secret. The key of idempotency is none: it tells requests apart,
    /// and callers look for it in what a server says.
    /// </summary>
    public static bool IsSecretName(string header)
        => header.IndexOf("idempotency", StringComparison.OrdinalIgnoreCase) < 0
        && SecretWords.Any(word => header.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>The secrets, each also as an address would write it, the longest first.</summary>
    public static string[] Of(ICallSecrets settings, params HttpRequestMessage?[] requests)
    {
        var headers = settings.Headers.Select(header => (Name: header.Key, header.Value))
            .Concat(settings.HttpClient.DefaultRequestHeaders.SelectMany(Pairs))
            .Concat(requests.SelectMany(request => request?.Headers.SelectMany(Pairs) ?? []));
        return headers
            .Where(header => IsSecretName(header.Name))
            .SelectMany(header => OfHeader(header.Name, header.Value))
            .Append(settings.ApiKey ?? "")
            .Concat(settings.RequestSecrets)
            .Concat(OfAddress(settings.GivenAddress, isSecretAsWhole: true))
            .Concat(requests.SelectMany(request => request?.RequestUri is { IsAbsoluteUri: true } url ? OfAddress(url, isSecretAsWhole: false) : []))
            .SelectMany(value => new[] { value, Uri.EscapeDataString(value), Uri.UnescapeDataString(value) })
            .Where(value => value.Length >= SecretMatch.ShortestMasked)
            .Distinct()
            .OrderByDescending(value => value.Length)
            .ToArray();
    }

    private static IEnumerable<(string Name, string Value)> Pairs(KeyValuePair<string, IEnumerable<string>> header)
        => header.Value.Select(value => (header.Key, value));

    private static IEnumerable<string> OfHeader(string name, string value)
    {
        var parts = value.Split(HeaderSeparators, StringSplitOptions.RemoveEmptyEntries);
        if (name.EndsWith("Authorization", StringComparison.OrdinalIgnoreCase) && parts.Length > 1)
        {
            // The first word is the scheme.
            parts = parts.Skip(1).Concat(OfBasic(parts)).ToArray();
        }

        // Of "sid=…", a server may repeat the value alone.
        return parts.SelectMany(part => new[] { part, part.Substring(part.IndexOf('=') + 1).Trim('"') }).Append(value.Trim());
    }

    // RFC 7617: user and password in base64, which a server decodes before it refuses them.
    private static string[] OfBasic(string[] parts)
    {
        if (!parts[0].Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        try
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(parts[1]));
            return [pair, pair.Substring(pair.IndexOf(':') + 1)];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    // What the caller put into an address is secret as a whole; what the client itself asks for in a query is not.
    private static IEnumerable<string> OfAddress(Uri url, bool isSecretAsWhole)
    {
        var values = new List<string> { url.UserInfo };
        values.AddRange(url.UserInfo.Split(':'));
        foreach (var part in new[] { url.Query.TrimStart('?'), url.Fragment.TrimStart('#') })
        {
            if (isSecretAsWhole)
            {
                values.Add(part);
            }

            foreach (var pair in part.Split('&'))
            {
                var equals = pair.IndexOf('=');
                var isSecret = IsSecretParameter(pair.Substring(0, Math.Max(0, equals)));
                var value = pair.Substring(equals + 1);
                if (isSecret || (isSecretAsWhole && value.Length >= SecretMatch.ShortestAnywhere))
                {
                    values.Add(value);
                }
            }
        }

        return values;
    }

    private static bool IsSecretParameter(string name)
        => IsSecretName(name) || SecretParameters.Contains(name, StringComparer.OrdinalIgnoreCase);
}
