using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>A file that the server sends, read while it comes. Disposing it closes its connection.</summary>
/// <example>
/// <code>
/// using var audio = await client.Audio.CreateSpeechAsync(request);
/// using var file = File.Create("speech.mp3");
/// await audio.CopyToAsync(file);
/// </code>
/// </example>
public sealed class FileDownload : IDisposable
#if NET8_0_OR_GREATER
    , IAsyncDisposable
#endif
{
    private const int CopySize = 80 * 1024;

    private static readonly char[] Separators = ['/', '\\'];

    /// <summary>Makes a file, for example for a mock of a client in a test.</summary>
    /// <param name="content">The bytes; they are disposed with the file.</param>
    /// <param name="contentType">Media type of the content; null where it is unknown.</param>
    /// <param name="length">Number of bytes; null where it is unknown.</param>
    /// <param name="fileName">Name of the file; null where it has none.</param>
    public FileDownload(Stream content, string? contentType = null, long? length = null, string? fileName = null)
    {
        Content = content ?? throw new ArgumentNullException(nameof(content));
        ContentType = contentType;
        Length = length;
        FileName = fileName;
    }

    /// <summary>
    /// The bytes, which come while they are read; each wait for them obeys <see cref="TogetherAIOptions.StreamIdleTimeout"/>.
    /// </summary>
    public Stream Content { get; }

    /// <summary>Media type of the content, such as <c>audio/mpeg</c>; null where the server names none.</summary>
    public string? ContentType { get; }

    /// <summary>Number of bytes; null where the server does not say it, or compresses them.</summary>
    public long? Length { get; }

    /// <summary>Name of the file without a path; null where the server names none.</summary>
    public string? FileName { get; }

    internal static FileDownload Create(Stream content, ApiResponse response)
        => new(content, response.MediaType, LengthOf(response), FileNameOf(response));

    /// <summary>Copies the content to another stream, as it comes.</summary>
    /// <param name="destination">Where it goes; it stays open.</param>
    /// <param name="cancellationToken">Ends the copying; the connection is closed when the file is disposed.</param>
    /// <exception cref="TogetherAIException">The connection broke, or the file did not come in time.</exception>
    public Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default) => Content.CopyToAsync(destination, CopySize, cancellationToken);

    /// <summary>Closes the content and, unless it has been read to its end, the connection.</summary>
    public void Dispose() => Content.Dispose();

#if NET8_0_OR_GREATER
    /// <inheritdoc cref="Dispose"/>
    /// <returns>A task that is complete when all is closed.</returns>
    public ValueTask DisposeAsync() => Content.DisposeAsync();

#endif

    private static long? LengthOf(ApiResponse response)
        => response.Message.Content?.Headers is { ContentEncoding.Count: 0, ContentLength: { } length } ? length : null;

    // RFC 6266, 4.3: what a server names is no place to write to, only a name.
    private static string? FileNameOf(ApiResponse response)
    {
        var disposition = response.Message.Content?.Headers.ContentDisposition;
        var name = (disposition?.FileNameStar ?? disposition?.FileName)?.Trim('"').Split(Separators).Last().Trim();
        return name is null or "" or "." or ".." ? null : name;
    }
}
