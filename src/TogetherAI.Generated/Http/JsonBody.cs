namespace TogetherAI;

/// <summary>A request object as JSON, written once for all attempts.</summary>
internal sealed class JsonBody : IRequestBody
{
    private readonly ArraySegment<byte> _json;

    public JsonBody(object request, bool streaming)
        => _json = TogetherAIJson.Serialize(request is IStreamable streamable ? streamable.ForWire(streaming) : request);

    public bool CanSendAgain => true;

    public Exception? Failure => null;

    public HttpContent CreateContent()
    {
        var content = new ByteArrayContent(_json.Array!, _json.Offset, _json.Count);
        content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        return content;
    }
}
