namespace TogetherAI;

/// <summary>A request object as JSON, written once for all attempts.</summary>
internal sealed class JsonBody : IRequestBody
{
    private readonly SegmentedBuffer _json;

    public JsonBody(object request) => _json = TogetherAIJson.Serialize(request);

    public bool CanSendAgain => true;

    public Exception? Failure => null;

    public HttpContent CreateContent() => new JsonContent(_json);
}
