using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

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
    private const int MaxLineBytes = 64 * 1024 * 1024;

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

    /// <summary>Reads the content line by line, as it comes: in UTF-8, without the ends of lines, and without empty lines.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The lines, such as the objects of a JSONL file. They can be read once.</returns>
    /// <exception cref="TogetherAIException">The connection broke, a line did not come in time, or it is longer than 64 MiB.</exception>
    public IAsyncEnumerable<string> ReadLinesAsync(CancellationToken cancellationToken = default) => TextsAsync(cancellationToken);

    /// <summary>Reads the objects of a JSONL file, as they come. Empty lines are passed over.</summary>
    /// <typeparam name="T">What a line is read as: a type of this library, or of Newtonsoft.Json such as its <c>JObject</c>.</typeparam>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The objects. They can be read once.</returns>
    /// <exception cref="TogetherAIException">The connection broke, a line did not come in time, or it cannot be read as such an object; the message names it.</exception>
    public IAsyncEnumerable<T> ReadLinesAsync<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(CancellationToken cancellationToken = default)
        where T : class
        => ObjectsAsync<T>(cancellationToken);

    /// <summary>Disposes the content and, unless it has been read to its end, closes the connection.</summary>
    public void Dispose() => Content.Dispose();

#if NET8_0_OR_GREATER
    /// <inheritdoc cref="Dispose"/>
    /// <returns>A task that represents the dispose operation.</returns>
    public ValueTask DisposeAsync() => Content.DisposeAsync();

#endif

    private async IAsyncEnumerable<string> TextsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(Content, MaxLineBytes);
        while (await NextAsync(lines, cancellationToken).ConfigureAwait(false))
        {
            yield return ApiJson.Decode(lines.Line);
        }
    }

    private async IAsyncEnumerable<T> ObjectsAsync<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>([EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var lines = new LineReader(Content, MaxLineBytes);
        while (await NextAsync(lines, cancellationToken).ConfigureAwait(false))
        {
            yield return Read<T>(lines);
        }
    }

    private static async Task<bool> NextAsync(LineReader lines, CancellationToken cancellationToken)
    {
        try
        {
            while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (lines.Line.Count > 0)
                {
                    return true;
                }
            }

            return false;
        }
        catch (InvalidDataException exception)
        {
            throw new TogetherAIInvalidResponseException($"The file cannot be read. {exception.Message}", exception);
        }
    }

    private static T Read<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(LineReader lines)
    {
        try
        {
            return ApiJson.Deserialize<T>(lines.Line);
        }
        catch (Newtonsoft.Json.JsonException exception)
        {
            throw new TogetherAIInvalidResponseException($"Line {lines.Number} of the file cannot be read: {ErrorText.Sentence(exception.Message)}", exception);
        }
    }

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
