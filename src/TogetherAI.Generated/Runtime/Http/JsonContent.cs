using System.Net;
using System.Net.Http.Headers;

namespace TogetherAI.Runtime.Http;

/// <summary>JSON that was written before it is sent, so that its length is known.</summary>
internal sealed class JsonContent : HttpContent
{
    private readonly JsonBody _json;

    public JsonContent(JsonBody json)
    {
        _json = json;
        if (json.ContentType is { } own)
        {
            var type = MediaTypeHeaderValue.Parse(own);
            type.CharSet ??= "utf-8";
            Headers.ContentType = type;
        }
        else
        {
            // As a text, which nobody parses unless a handler asks for it.
            Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        => _json.SendAsync(stream, CancellationToken.None);

#if NET8_0_OR_GREATER
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        => _json.SendAsync(stream, cancellationToken);
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
