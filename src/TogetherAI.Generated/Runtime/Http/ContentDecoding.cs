using System.IO.Compression;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>
/// Undoes the content codings of a response (RFC 9110, 8.4). Done here and not by the HTTP stack, so that it is the same
/// for every stack, and so that a stream can ask for no compression at all.
/// </summary>
internal static class ContentDecoding
{
    /// <summary>The codings that a whole response may use.</summary>
#if NET8_0_OR_GREATER
    public const string Accepted = "gzip, deflate, br";
#else
    public const string Accepted = "gzip, deflate";
#endif

    /// <exception cref="InvalidDataException">A coding is not known.</exception>
    public static async Task<Stream> DecodeAsync(Stream body, ICollection<string> codings, CancellationToken cancellationToken)
    {
        // They stand in the order in which they were applied.
        foreach (var coding in codings.Reverse())
        {
            body = coding.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
                "deflate" => await InflateAsync(body, cancellationToken).ConfigureAwait(false),
#if NET8_0_OR_GREATER
                "br" => new BrotliStream(body, CompressionMode.Decompress),
#endif
                "identity" or "" => body,
                _ => throw new InvalidDataException($"The content coding \"{ErrorText.OneLine(coding)}\" is not supported."),
            };
        }

        return body;
    }

    // RFC 9110, 8.4.1.2: "deflate" means the zlib format, but some servers send the bare compressed data.
    private static async Task<Stream> InflateAsync(Stream body, CancellationToken cancellationToken)
    {
        var head = new byte[2];
        var count = 0;
        int read;
        while (count < head.Length && (read = await body.ReadAsync(head, count, head.Length - count, cancellationToken).ConfigureAwait(false)) > 0)
        {
            count += read;
        }

        // RFC 1950, 2.2: compression method 8, and a header that is a multiple of 31.
        var hasHeader = count == head.Length && (head[0] & 0x0f) == 8 && ((head[0] << 8) | head[1]) % 31 == 0;
        return new DeflateStream(hasHeader ? body : new PrefixedStream(head, count, body), CompressionMode.Decompress);
    }
}
