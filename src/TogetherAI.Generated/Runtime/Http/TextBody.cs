using System.Net.Http.Headers;
using System.Text;

namespace TogetherAI.Runtime.Http;

/// <summary>A request that is a text, sent as UTF-8.</summary>
internal sealed class TextBody : IRequestBody
{
    private readonly byte[] _text;
    private readonly MediaTypeHeaderValue _contentType;

    public TextBody(string text, string contentType)
    {
        _text = Encoding.UTF8.GetBytes(text);
        _contentType = MediaTypeHeaderValue.Parse(contentType);
        _contentType.CharSet ??= "utf-8";
    }

    public bool CanSendAgain => true;

    public Exception? Failure => null;

    public HttpContent CreateContent() => new ByteArrayContent(_text) { Headers = { ContentType = _contentType } };
}
