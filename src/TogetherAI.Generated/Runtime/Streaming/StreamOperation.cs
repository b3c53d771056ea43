using TogetherAI.Runtime.Http;

namespace TogetherAI.Runtime.Streaming;

/// <summary>What the document says of an operation whose response can be a stream; generated.</summary>
internal sealed class StreamOperation : ApiOperation
{
    /// <summary>See <see cref="ApiOperation"/>; beside what that takes, it is told how its events look.</summary>
    public StreamOperation(
        string method,
        string path,
        string? server,
        StreamFormat stream,
        string accept = "application/json",
        ApiAuthentication? authentication = null,
        bool isIdempotent = true,
        bool mayBeEmpty = false,
        string? startsIf = null,
        string? name = null,
        bool isGenerative = false)
        : base(method, path, server, accept, authentication, isIdempotent, mayBeEmpty, startsIf, name: name, isGenerative: isGenerative)
        => Stream = stream;

    /// <summary>How its events look.</summary>
    public StreamFormat Stream { get; }

    public override string? StreamFlag => Stream.QueryFlag;

    public override string AcceptOf(bool streaming) => streaming ? Stream.Accept : Accept;
}
