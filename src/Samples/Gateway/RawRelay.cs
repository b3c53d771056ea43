using System.Buffers;

namespace TogetherAI.Samples.Gateway;

/// <summary>Relays any request and its response byte by byte: whole, or as a stream if the request asks for one.</summary>
internal sealed class RawRelay(Upstreams upstreams)
{
    private const int FirstBytes = 4_096;

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var request = await ReadAsync(context.Request, context.RequestAborted);
        await (request.IsStreamRequested ? StreamAsync(request, context) : SendAsync(request, context));
    }

    private async Task SendAsync(TogetherAIRawRequest request, HttpContext context)
    {
        var whole = await upstreams.CallAsync((client, options) => client.Raw.SendAsync(request, options, context.RequestAborted));
        context.Response.StatusCode = (int)whole.Info.StatusCode;
        context.Response.ContentType = whole.Info.ContentType;
        context.Response.ContentLength = whole.Body.Length;
        await context.Response.Body.WriteAsync(whole.Body, context.RequestAborted);
    }

    private async Task StreamAsync(TogetherAIRawRequest request, HttpContext context)
    {
        var aborted = context.RequestAborted;
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        string? contentType = null;
        var (stream, count) = await upstreams.CallAsync(async (client, options) =>
        {
            options.ResponseReceived = info => contentType = info.ContentType;
            var stream = await client.Raw.StreamBytesAsync(request, options, aborted);
            try
            {
                return (stream, await stream.ReadAsync(buffer, aborted));
            }
            catch
            {
                await stream.DisposeAsync();
                throw;
            }
        });
        await using (stream)
        {
            context.Response.ContentType = contentType;
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), aborted);
            ArrayPool<byte>.Shared.Return(buffer);
            // No memory is rented while the stream is silent.
            await stream.CopyToAsync(context.Response.Body, aborted);
        }
    }

    private static async Task<TogetherAIRawRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var raw = new TogetherAIRawRequest(request.Path.ToUriComponent() + request.QueryString.ToUriComponent()) { Method = new HttpMethod(request.Method) };
        if (body.Length > 0)
        {
            raw.Body = body.GetBuffer().AsMemory(0, (int)body.Length);
            raw.ContentType = request.ContentType ?? raw.ContentType;
        }

        return raw;
    }
}
