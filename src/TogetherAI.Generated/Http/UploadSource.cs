namespace TogetherAI;

/// <summary>Where the bytes of an upload come from. They are sent as they are read, never held as a whole.</summary>
internal sealed class UploadSource
{
    private readonly Func<Stream> _open;
    private readonly Func<long?> _length;
    private readonly bool _isRepeatable;
    private readonly bool _ownsStream;
    private int _reading;
    private bool _wasRead;

    private UploadSource(string fileName, string contentType, Func<Stream> open, Func<long?> length, bool isRepeatable, bool ownsStream)
    {
        FileName = fileName;
        ContentType = contentType;
        _open = open;
        _length = length;
        _isRepeatable = isRepeatable;
        _ownsStream = ownsStream;
    }

    public string FileName { get; }

    public string ContentType { get; }

    /// <summary>Whether the bytes could be read from their start once more, and nobody is still reading them.</summary>
    public bool CanReadAgain => Volatile.Read(ref _reading) == 0 && (_isRepeatable || !_wasRead);

    /// <summary>Why the last reading failed; null where it did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>A stream of the caller, from where it stands now. It is not closed.</summary>
    public static UploadSource Of(Stream stream, string fileName, string contentType)
    {
        if (!stream.CanSeek)
        {
            return new UploadSource(fileName, contentType, () => stream, static () => null, isRepeatable: false, ownsStream: false);
        }

        var start = stream.Position;
        return new UploadSource(fileName, contentType, Rewind, () => stream.Length - start, isRepeatable: true, ownsStream: false);

        Stream Rewind()
        {
            stream.Position = start;
            return stream;
        }
    }

    /// <summary>A file, opened for each attempt.</summary>
    public static UploadSource OfFile(string path, string contentType)
        => new(
            Path.GetFileName(path),
            contentType,
            () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan),
            () => new FileInfo(path).Length,
            isRepeatable: true,
            ownsStream: true);

    /// <summary>Begins an attempt.</summary>
    /// <returns>The length of what will be sent; null where it is not known.</returns>
    /// <exception cref="InvalidOperationException">The caller's file could not be read.</exception>
    public long? Begin()
    {
        Failure = null;
        return Try(_length);
    }

    /// <summary>Copies the bytes.</summary>
    /// <exception cref="InvalidOperationException">The caller's stream could not be read.</exception>
    public async Task CopyToAsync(Stream target, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _reading, 1) == 1)
        {
            throw new InvalidOperationException("The upload is already being sent. Use one upload for each call.");
        }

        Stream? source = null;
        try
        {
            _wasRead = true;
            source = Try(_open);
            var buffer = new byte[81920];
            int read;
            while ((read = await ReadAsync(source, buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                await target.WriteAsync(buffer, 0, read, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (_ownsStream)
            {
                source?.Dispose();
            }

            Volatile.Write(ref _reading, 0);
        }
    }

    private InvalidOperationException Unreadable(Exception cause)
    {
        var failure = new InvalidOperationException($"The file to upload could not be read: {ErrorText.Sentence(cause.Message)}", cause);
        Failure = failure;
        return failure;
    }

    private async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or NotSupportedException)
        {
            throw Unreadable(exception);
        }
    }

    private T Try<T>(Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw Unreadable(exception);
        }
    }
}
