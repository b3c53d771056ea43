using System.Net.Http.Headers;
using System.Text;

namespace TogetherAI.Runtime.Http;

/// <summary>How an operation takes its key: what the document's security scheme says.</summary>
internal sealed class ApiAuthentication
{
    private readonly Action<HttpRequestMessage, string> _apply;

    private ApiAuthentication(Action<HttpRequestMessage, string> apply) => _apply = apply;

    /// <summary><c>Authorization: Bearer</c> (RFC 6750).</summary>
    public static ApiAuthentication Bearer { get; } = new(static (request, key)
        => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key));

    /// <summary><c>Authorization: Basic</c> (RFC 7617); the key is <c>user:password</c>.</summary>
    public static ApiAuthentication Basic { get; } = new(static (request, key)
        => request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key))));

    /// <summary>The key alone in a header of that name.</summary>
    public static ApiAuthentication Header(string name) => new((request, key) => request.Headers.TryAddWithoutValidation(name, key));

    /// <summary>The key in a cookie of that name.</summary>
    public static ApiAuthentication Cookie(string name)
        => new((request, key) => request.Headers.TryAddWithoutValidation("Cookie", $"{name}={key}"));

    /// <summary>The key in a parameter of the query.</summary>
    public static ApiAuthentication Query(string name) => new((request, key) =>
    {
        var url = request.RequestUri!;
        var parameter = $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(key)}";
        request.RequestUri = new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query.Substring(1)}&{parameter}" : parameter }.Uri;
    });

    /// <summary>Puts a key on a request.</summary>
    public void Apply(HttpRequestMessage request, string key) => _apply(request, key);
}
