using System.Net;
using System.Text;

namespace TogetherAI.Aot;

/// <summary>Gives every request the same response, and keeps the body of the last one.</summary>
internal sealed class CannedHandler(string body, string mediaType = "application/json", HttpStatusCode status = HttpStatusCode.OK) : HttpMessageHandler
{
    public string Sent { get; private set; } = "";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        return new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, mediaType), RequestMessage = request };
    }
}
