namespace TogetherAI;

/// <summary>What the document says of one operation; generated.</summary>
internal sealed class ApiOperation
{
    public ApiOperation(string method, string path, string accept = "application/json", string? server = null, StreamFormat? stream = null, bool isIdempotent = true, bool mayBeEmpty = false)
    {
        Method = new HttpMethod(method);
        Path = path;
        Accept = accept;
        Server = server is null ? null : new Uri(server);
        Stream = stream;
        IsIdempotent = isIdempotent;
        MayBeEmpty = mayBeEmpty;
    }

    public HttpMethod Method { get; }

    /// <summary>The path below the base address, without a slash at its start, with <c>{name}</c> for parameters.</summary>
    public string Path { get; }

    /// <summary>The type of its whole responses.</summary>
    public string Accept { get; }

    /// <summary>Root of the API for this operation where nobody names another; null takes the document's.</summary>
    public Uri? Server { get; }

    /// <summary>How the operation's events look; null where it does not stream.</summary>
    public StreamFormat? Stream { get; }

    /// <summary>Whether sending the request twice is no worse than sending it once.</summary>
    public bool IsIdempotent { get; }

    /// <summary>Whether a response without a body is one, whose value is null.</summary>
    public bool MayBeEmpty { get; }
}
