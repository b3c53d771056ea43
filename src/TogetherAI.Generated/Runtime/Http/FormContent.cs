using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace TogetherAI.Runtime.Http;

/// <summary>The parts of a form, for one attempt to send it.</summary>
/// <remarks>
/// Names are UTF-8 (RFC 7578, 5.1). <see cref="MultipartContent"/> writes them so on .NET 5 and later only; elsewhere it
/// takes Latin-1 or ASCII, and what these do not have is lost.
/// </remarks>
internal sealed class FormContent : HttpContent
{
    private readonly string _boundary = Guid.NewGuid().ToString("N");
    private readonly List<(byte[] Head, HttpContent Content)> _parts = [];

    public FormContent()
    {
        // RFC 2046, 5.1.1: this boundary needs no quotation marks, and some servers do not understand them.
        Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=" + _boundary);
    }

    private byte[] Tail => Encoding.ASCII.GetBytes($"\r\n--{_boundary}--\r\n");

    /// <summary>Adds a text.</summary>
    public void Add(string name, string text) => Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), Quoted(name));

    /// <summary>Adds a file.</summary>
    public void Add(string name, UploadContent upload, string fileName) => Add(upload, $"{Quoted(name)}; filename={Quoted(fileName)}");

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        => SendAsync(stream, context, CancellationToken.None);

#if NET8_0_OR_GREATER
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        => SendAsync(stream, context, cancellationToken);
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = Tail.Length;
        foreach (var (head, content) in _parts)
        {
            if (content.Headers.ContentLength is not { } size)
            {
                return false;
            }

            length += head.Length + size;
        }

        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _parts.ForEach(static part => part.Content.Dispose());
        }

        base.Dispose(disposing);
    }

    // As browsers do (WHATWG HTML 4.10.21.8).
    private static string Quoted(string text) => $"\"{text.Replace("\r", "%0D").Replace("\n", "%0A").Replace("\"", "%22")}\"";

    private void Add(HttpContent content, string name)
    {
        var type = content.Headers.TryGetValues("Content-Type", out var values) ? $"Content-Type: {values.Single()}\r\n" : "";
        var lineEnd = _parts.Count == 0 ? "" : "\r\n";
        _parts.Add((Encoding.UTF8.GetBytes($"{lineEnd}--{_boundary}\r\nContent-Disposition: form-data; name={name}\r\n{type}\r\n"), content));
    }

    private async Task SendAsync(Stream target, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var (head, content) in _parts)
        {
            await target.WriteAsync(head, 0, head.Length, cancellationToken).ConfigureAwait(false);
#if NET8_0_OR_GREATER
            await content.CopyToAsync(target, context, cancellationToken).ConfigureAwait(false);
#else
            await content.CopyToAsync(target, context).ConfigureAwait(false);
#endif
        }

        await target.WriteAsync(Tail, 0, Tail.Length, cancellationToken).ConfigureAwait(false);
    }
}
