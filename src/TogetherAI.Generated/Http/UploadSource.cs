namespace TogetherAI;

/// <summary>Where the bytes of an upload come from. They are sent as they are read, never held as a whole.</summary>
internal sealed class UploadSource
{
    private const string BeingSent = "It is already being sent. Use one upload for each call.";
    private const string SentAlready = "It has been sent already, and its stream cannot be rewound.";

    private readonly Func<Stream> _open;
    private readonly Func<long?> _length;
    private readonly bool _isFile;
    private readonly bool _canRewind;
    private int _isReading;
    private bool _wasRead;

    private UploadSource(string fileName, string contentType, Func<Stream> open, Func<long?> length, bool isFile, bool canRewind)
    {
        FileName = fileName;
        ContentType = contentType;
        _open = open;
        _length = length;
        _isFile = isFile;
        _canRewind = canRewind;
    }

    public string FileName { get; }

    public string ContentType { get; }

    /// <summary>Why the bytes cannot be read from their start at present; null where they can.</summary>
    public string? Obstacle => Volatile.Read(ref _isReading) == 1 ? BeingSent : IsUsedUp ? SentAlready : null;

    private bool IsUsedUp => _wasRead && !_canRewind;

    /// <summary>A stream of the caller, from where it stands now. It is not closed.</summary>
    public static UploadSource Of(Stream stream, string fileName, string contentType)
    {
        if (!stream.CanSeek)
        {
            return new UploadSource(fileName, contentType, () => stream, static () => null, isFile: false, canRewind: false);
        }

        var start = stream.Position;
        return new UploadSource(fileName, contentType, Rewind, () => Math.Max(0, stream.Length - start), isFile: false, canRewind: true);

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
            isFile: true,
            canRewind: true);

    /// <summary>How many bytes there are; null where it is not known.</summary>
    public long? Length() => _length();

    /// <summary>Opens the bytes at their start, until <see cref="Close"/>. The stream of a caller is open once at a time.</summary>
    /// <exception cref="InvalidOperationException">See <see cref="Obstacle"/>.</exception>
    public Stream Open()
    {
        if (_isFile)
        {
            return _open();
        }

        if (Interlocked.Exchange(ref _isReading, 1) == 1)
        {
            throw new InvalidOperationException(BeingSent);
        }

        try
        {
            if (IsUsedUp)
            {
                throw new InvalidOperationException(SentAlready);
            }

            _wasRead = true;
            return _open();
        }
        catch
        {
            Volatile.Write(ref _isReading, 0);
            throw;
        }
    }

    /// <summary>Ends what <see cref="Open"/> began.</summary>
    public void Close(Stream stream)
    {
        if (_isFile)
        {
            stream.Dispose();
        }
        else
        {
            Volatile.Write(ref _isReading, 0);
        }
    }
}
