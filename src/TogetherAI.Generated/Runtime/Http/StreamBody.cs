namespace TogetherAI.Runtime.Http;

/// <summary>A request whose bytes come out of a stream of the caller, which stays open.</summary>
internal sealed class StreamBody : IRequestBody
{
    private readonly UploadSource _source;
    private UploadContent? _content;

    public StreamBody(Stream stream, string contentType)
        => _source = UploadSource.Of(stream, fileName: "", contentType);

    public bool CanSendAgain => _source.Obstacle is null;

    public Exception? Failure => _content?.Failure;

    public HttpContent CreateContent() => _content = new UploadContent(_source);
}
