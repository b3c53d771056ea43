using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>A file from the server, which is streamed. Disposing it closes the connection.</summary>
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

    /// <summary>Initializes a new instance, for example for a mock in a test.</summary>
    /// <param name="content">The content, which is disposed with the file.</param>
    /// <param name="contentType">The media type of the content; null if it is unknown.</param>
    /// <param name="length">The number of bytes; null if it is unknown.</param>
    /// <param name="fileName">The name of the file; null if it has none.</param>
    public FileDownload(Stream content, string? contentType = null, long? length = null, string? fileName = null)
    {
        Content = content ?? throw new ArgumentNullException(nameof(content));
        ContentType = contentType;
        Length = length;
        FileName = fileName;
    }

    /// <summary>
    /// Gets the content, which is streamed. <see cref="TogetherAIOptions.StreamIdleTimeout"/> applies to each read.
    /// </summary>
    public Stream Content { get; }

    /// <summary>Gets the media type of the content, such as <c>audio/mpeg</c>; null if the server does not send it.</summary>
    public string? ContentType { get; }

    /// <summary>Gets the number of bytes; null if the server does not send it, or compresses the content.</summary>
    public long? Length { get; }

    /// <summary>Gets the name of the file without a path; null if the server does not send it.</summary>
    public string? FileName { get; }

    internal static FileDownload Create(Stream content, ApiResponse response)
        => new(content, response.MediaType, LengthOf(response), FileNameOf(response));

    /// <summary>Copies the content to another stream as it arrives.</summary>
    /// <param name="destination">The destination stream, which is not closed.</param>
    /// <param name="cancellationToken">The token to cancel copying; the connection is closed when the file is disposed.</param>
    /// <exception cref="TogetherAIException">The connection was lost, or a timeout elapsed.</exception>
    public Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default) => Content.CopyToAsync(destination, CopySize, cancellationToken);

    /// <summary>Disposes the content and, unless it has been read to its end, closes the connection.</summary>
    public void Dispose() => Content.Dispose();

#if NET8_0_OR_GREATER
    /// <inheritdoc cref="Dispose"/>
    /// <returns>A task that represents the dispose operation.</returns>
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
