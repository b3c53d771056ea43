using TogetherAI.Runtime.Buffers;

namespace TogetherAI.Extensions.AI.Audio;

/// <summary>Audio to upload. The API determines the format from the name of the file, which a stream may not have.</summary>
internal static class AudioFile
{
    private const string Name = "audio";
    private const string DefaultExtension = ".wav";

    // Those that the API names.
    private static readonly string[] Extensions = [".wav", ".mp3", ".m4a", ".webm", ".flac", ".ogg", ".opus", ".aac"];

    /// <summary>Returns the upload of a stream, which is sent from its current position and is not closed.</summary>
    public static async Task<FileUpload> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        var fileName = stream is FileStream { Name: var path } ? Path.GetFileName(path) : "";
        var extension = Path.GetExtension(fileName);
        if (Array.Exists(Extensions, known => known.Equals(extension, StringComparison.OrdinalIgnoreCase)))
        {
            return FileUpload.FromStream(stream, fileName);
        }

        var start = new byte[FileSignature.Length];
        var length = await ReadAsync(stream, start, cancellationToken).ConfigureAwait(false);
        var name = FileSignature.Find(start.AsSpan(0, length)) is { } signature ? Name + signature.Extension
            : extension.Length > 1 ? fileName
            : Name + DefaultExtension;
        if (!stream.CanSeek)
        {
            return FileUpload.FromStream(new PrefixedStream(start, length, stream), name);
        }

        stream.Position -= length;
        return FileUpload.FromStream(stream, name);
    }

    private static async Task<int> ReadAsync(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var count = await stream.ReadAsync(buffer, length, buffer.Length - length, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                break;
            }

            length += count;
        }

        return length;
    }
}
