namespace TogetherAI.Tests.Support;

/// <summary>A secret that a caller entrusts to the client, and the place where it stands.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Value">The secret, as a server or a handler may repeat it.</param>
public sealed record HiddenSecret(string Place, string Value)
{
    public Action<TogetherAIOptions> Configure { get; private init; } = _ => { };

    public Action<HttpClient> Prepare { get; private init; } = _ => { };

    public Action<TogetherAIRequestOptions, Uri> Add { get; private init; } = (_, _) => { };

    /// <summary>One for each place.</summary>
    public static IReadOnlyList<HiddenSecret> All { get; } =
    [
        new("key", "sk-client/0123456789+abc=") { Configure = options => options.ApiKey = "sk-client/0123456789+abc=" },
        new("key of a call", "sk-call-0123456789") { Add = (options, _) => options.ApiKey = "sk-call-0123456789" },
        new("header", "header-0123456789") { Configure = options => options.Headers["X-Gateway-Token"] = "header-0123456789" },
        new("header of a call", "call-header-0123456789") { Add = (options, _) => options.Headers["X-Api-Key"] = "call-header-0123456789" },
        new("cookie", "cookie-0123456789") { Configure = options => options.Headers["Cookie"] = "lang=en; sid=\"cookie-0123456789\"; a=b" },
        new("header of the HttpClient", "inherited-0123456789") { Prepare = client => client.DefaultRequestHeaders.Add("X-Proxy-Key", "inherited-0123456789") },
        new("Basic authorization", "basic-0123456789") { Configure = options => options.Headers["Authorization"] = "Basic c29tZW9uZTpiYXNpYy0wMTIzNDU2Nzg5" },
        new("user information", "password-0123456789") { Configure = options => options.BaseUrl = new UriBuilder(options.BaseUrl!) { UserName = "someone", Password = "password-0123456789" }.Uri },
        new("short password", "hunter2") { Configure = options => options.BaseUrl = new UriBuilder(options.BaseUrl!) { UserName = "someone", Password = "hunter2" }.Uri },
        new("query", "sig-0123456789") { Configure = options => options.BaseUrl = new Uri(options.BaseUrl!, "?version=1&sig=sig-0123456789") },
        new("escaped query", "a+b/0123456789==") { Configure = options => options.BaseUrl = new Uri(options.BaseUrl!, "?code=a%2Bb%2F0123456789%3D%3D") },
        new("fragment", "fragment-0123456789") { Configure = options => options.BaseUrl = new Uri(options.BaseUrl!, "#fragment-0123456789") },
        new("query of ApiUrl", "call-sig-0123456789") { Add = (options, url) => options.ApiUrl = new Uri(url, "any?sig=call-sig-0123456789") },
        new("user information of ApiUrl", "call-password-0123456789") { Add = (options, url) => options.ApiUrl = new UriBuilder(url) { UserName = "someone", Password = "call-password-0123456789" }.Uri },
        new("fragment of ApiUrl", "call-fragment-0123456789") { Add = (options, url) => options.ApiUrl = new Uri(url, "any#call-fragment-0123456789") },
    ];

    /// <summary>What must stand nowhere: the secret, or a part of it that gives it away.</summary>
    public string Telling => Value.Length > 10 ? Value[..10] : Value;

    public override string ToString() => Place;
}
