namespace TogetherAI.Runtime.Http;

/// <summary>What the document says of one operation; generated.</summary>
internal class ApiOperation
{
    private string[]? _segments;

    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path below the base address, without a slash at its start, with <c>{name}</c> for parameters.</param>
    /// <param name="server">Root of the API for this operation where the caller names none; null where the document has none either.</param>
    /// <param name="accept">The type of its whole responses.</param>
    /// <param name="authentication">How the key is sent; null for <c>Authorization: Bearer</c>.</param>
    /// <param name="isIdempotent">Whether sending the request twice is no worse than sending it once.</param>
    /// <param name="startsIf">The boolean field of its request that starts something where it is true; null where none does.</param>
    /// <param name="mayBeEmpty">Whether a response without a body is one, whose value is null.</param>
    /// <param name="isRedirected">Whether success is a redirect to another address, which is followed by hand.</param>
    /// <param name="name">Its name in telemetry; null for the method.</param>
    /// <param name="isGenerative">Whether telemetry has the ID of its responses and the model that made them.</param>
    public ApiOperation(
        string method,
        string path,
        string? server = null,
        string accept = "application/json",
        ApiAuthentication? authentication = null,
        bool isIdempotent = true,
        bool mayBeEmpty = false,
        string? startsIf = null,
        bool isRedirected = false,
        string? name = null,
        bool isGenerative = false)
    {
        Name = name ?? method;
        Method = new HttpMethod(method);
        Path = path;
        Server = server is null ? null : new Uri(server.TrimEnd('/') + "/");
        Accept = accept;
        Authentication = authentication ?? ApiAuthentication.Bearer;
        IsIdempotent = isIdempotent;
        MayBeEmpty = mayBeEmpty;
        StartsIf = startsIf;
        IsRedirected = isRedirected;
        IsGenerative = isGenerative;
    }

    public HttpMethod Method { get; }

    /// <summary>Its name in telemetry.</summary>
    public string Name { get; }

    /// <summary>Whether telemetry has the ID of its responses and the model that made them. Those of others are of files, jobs and the like.</summary>
    public bool IsGenerative { get; }

    /// <summary>The path below the base address, without a slash at its start, with <c>{name}</c> for parameters.</summary>
    public string Path { get; }

    /// <summary>The segments of the path, split once for all calls that look for an operation.</summary>
    public string[] Segments => _segments ??= Path.Trim('/').Split('/');

    /// <summary>Root of the API for this operation where the caller names none; null where the document has none either.</summary>
    public Uri? Server { get; }

    /// <summary>The type of its whole responses.</summary>
    public string Accept { get; }

    /// <summary>How the key is sent.</summary>
    public ApiAuthentication Authentication { get; }

    /// <summary>Whether sending the request twice is no worse than sending it once.</summary>
    public bool IsIdempotent { get; }

    /// <summary>Whether a response without a body is one, whose value is null.</summary>
    public bool MayBeEmpty { get; }

    /// <summary>The boolean field of its request that starts something where it is true; null where none does.</summary>
    public string? StartsIf { get; }

    /// <summary>Whether success is a redirect to another address, which is followed by hand.</summary>
    public bool IsRedirected { get; }

    /// <summary>The query parameter that asks for a stream; null where none does.</summary>
    public virtual string? StreamFlag => null;

    /// <summary>The types of the responses to a call.</summary>
    /// <param name="streaming">Whether the call asks for a stream.</param>
    public virtual string AcceptOf(bool streaming) => Accept;
}
