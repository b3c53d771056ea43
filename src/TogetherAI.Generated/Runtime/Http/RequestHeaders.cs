using System.Net.Http.Headers;
using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>The headers of a request: what is sent by default, what replaces it, and what must not be sent.</summary>
internal static class RequestHeaders
{
    private const string Authorization = "Authorization";
    private const string Separators = "()<>@,;:\\\"/[]?={} \t";

    // RFC 9110, 7.6.1 and 8.6; RFC 9112, 6; RFC 9113, 8.2.2: they say how a message is sent, which only the HTTP stack knows.
    private static readonly string[] ManagedByHttp =
        ["Connection", "Content-Length", "Expect", "HTTP2-Settings", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade"];

    public static IReadOnlyDictionary<string, string> Merge(
        IReadOnlyDictionary<string, string> client,
        IDictionary<string, string>? call)
    {
        var merged = client;
        if (call is { Count: > 0 })
        {
            var both = client.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
            foreach (var header in call)
            {
                both[header.Key] = header.Value;
            }

            merged = both;
        }

        foreach (var header in merged)
        {
            RequireValid(header.Key, header.Value);
        }

        return merged;
    }

    /// <summary>Refuses a call that would send a secret in the clear, or that has no key where one is needed.</summary>
    public static void RequireSendable(CallSettings call)
    {
        RequireKey(call.ApiKey);
        var hasKey = !string.IsNullOrWhiteSpace(call.ApiKey) || call.ApiKeyProvider is not null;

        var hasSecret = hasKey
            || call.Headers.Keys.Any(SecretValues.IsSecretName)
            || call.HttpClient.DefaultRequestHeaders.Any(header => SecretValues.IsSecretName(header.Key));
        if (hasSecret && call.Url.Scheme == "http" && !call.Url.IsLoopback && !call.Client.AllowInsecureHttp)
        {
            throw new InvalidOperationException(
                $"An API key would be sent unencrypted to {ErrorText.Address(call.Url)}. Use https, or set AllowInsecureHttp if the network is trusted.");
        }

        if (!hasKey && !call.Headers.ContainsKey(Authorization) && call.Client.Profile.RequiresKey(call.Url)
            && call.HttpClient.DefaultRequestHeaders.Authorization is null)
        {
            throw new TogetherAIAuthenticationException(call.Client.Profile.MissingKey);
        }
    }

    /// <summary>Refuses a key that cannot be sent.</summary>
    public static void RequireKey(string? key)
    {
        if (!string.IsNullOrWhiteSpace(key) && !IsFieldValue(key!))
        {
            throw new ArgumentException(
                "The API key contains a character that is not allowed in headers, such as a line break. Check how it was copied.",
                nameof(IClientOptions.ApiKey));
        }
    }

    /// <summary>Puts the headers on a request, whose content is already there.</summary>
    public static void Apply(HttpRequestMessage request, CallSettings call, string? key, ApiAuthentication authentication, string accept, bool streaming)
    {
        Set(request, "Accept", accept);
        if (call.HttpClient.DefaultRequestHeaders.UserAgent.Count == 0)
        {
            Set(request, "User-Agent", call.Client.Profile.UserAgent);
        }

        // A compressed event stream is one that a proxy may hold back.
        Set(request, "Accept-Encoding", streaming ? "identity" : ContentDecoding.Accepted);

        if (!string.IsNullOrWhiteSpace(key))
        {
            authentication.Apply(request, key!);
        }

        foreach (var header in call.Headers)
        {
            Set(request, header.Key, header.Value);
        }
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        // Which of the two collections a header belongs to is the HTTP library's knowledge, not ours: Remove throws for names
        // that belong to the content.
        if (Has(request.Headers, name))
        {
            request.Headers.Remove(name);
        }

        if (request.Headers.TryAddWithoutValidation(name, value))
        {
            return;
        }

        if (request.Content is { } content)
        {
            content.Headers.Remove(name);
            content.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static bool Has(HttpHeaders headers, string name)
#if NET8_0_OR_GREATER
        => headers.NonValidated.Contains(name);
#else
        => headers.TryGetValues(name, out _);
#endif

    // RFC 9110, 5.1 and 5.5. The value is never quoted back: it may be a secret.
    private static void RequireValid(string name, string? value)
    {
        if (name.Length == 0 || name.Any(character => character <= ' ' || character >= 127 || Separators.IndexOf(character) >= 0))
        {
            throw new ArgumentException($"\"{ErrorText.OneLine(name)}\" is not a header name.", nameof(IClientOptions.Headers));
        }

        if (ManagedByHttp.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"The header {name} is managed by the HTTP stack and cannot be set. Remove it from the headers.", nameof(IClientOptions.Headers));
        }

        if (name.Equals("Host", StringComparison.OrdinalIgnoreCase) && !IsHost(value))
        {
            throw new ArgumentException("The value of the header Host is not a host with an optional port, such as \"example.com:8080\".", nameof(IClientOptions.Headers));
        }

        if (value is null || !IsFieldValue(value))
        {
            throw new ArgumentException(
                $"The value of the header {name} is null or contains a character that is not allowed in headers, such as a line break.",
                nameof(IClientOptions.Headers));
        }
    }

    private static bool IsHost(string? value)
        => !string.IsNullOrEmpty(value)
        && value!.IndexOfAny(['/', '?', '#', '@', '\\', ' ']) < 0
        && Uri.TryCreate("http://" + value, UriKind.Absolute, out var url)
        && url.Host.Length > 0;

    private static bool IsFieldValue(string value)
    {
        foreach (var character in value)
        {
            if (character is not ('\t' or (>= ' ' and < (char)127)))
            {
                return false;
            }
        }

        return true;
    }
}
