namespace TogetherAI.Runtime.Http;

/// <summary>Where the bytes of an upload come from. They are sent as they are read, never held as a whole.</summary>
internal sealed class UploadSource
{
    private const string BeingSent = "The file is already being sent. Use a separate upload for each call.";
    private const string SentAlready = "The file has already been sent, and its stream cannot be rewound.";

    private readonly Func<Stream> _open;
    private readonly Func<long?> _length;
    private readonly bool _isFile;
    private int _isReading;
    private bool _isUsedUp;

    private UploadSource(string fileName, string contentType, Func<Stream> open, Func<long?> length, bool isFile)
    {
        FileName = fileName;
        ContentType = contentType;
        _open = open;
        _length = length;
        _isFile = isFile;
    }

    public string FileName { get; }

    public string ContentType { get; }

    /// <summary>Why the bytes cannot be read from their start at present; null where they can.</summary>
    public string? Obstacle => Volatile.Read(ref _isReading) == 1 ? BeingSent : _isUsedUp ? SentAlready : null;

    /// <summary>What a stream holds, from where it stands now.</summary>
    /// <exception cref="ArgumentException">The stream cannot be read, or the media type is invalid.</exception>
    public static UploadSource FromStream(Stream stream, string fileName, string? contentType)
    {
        _ = stream ?? throw new ArgumentNullException(nameof(stream));
        _ = fileName ?? throw new ArgumentNullException(nameof(fileName));
        return stream.CanRead
            ? Of(stream, fileName, UploadType.Of(fileName, contentType))
            : throw new ArgumentException("The stream is not readable.", nameof(stream));
    }

    /// <summary>A file, which is opened when it is sent.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="ArgumentException">The media type is invalid.</exception>
    public static UploadSource FromFile(string path, string? contentType)
    {
        _ = path ?? throw new ArgumentNullException(nameof(path));
        return File.Exists(path)
            ? OfFile(Path.GetFullPath(path), UploadType.Of(path, contentType))
            : throw new FileNotFoundException($"The file {path} does not exist.", path);
    }

    /// <summary>Bytes that are there as a whole.</summary>
    /// <exception cref="ArgumentException">The media type is invalid.</exception>
    public static UploadSource FromBytes(byte[] bytes, string fileName, string? contentType)
        => FromStream(new MemoryStream(bytes ?? throw new ArgumentNullException(nameof(bytes)), writable: false), fileName, contentType);

    /// <summary>A stream of the caller, from where it stands now. It is not closed.</summary>
    public static UploadSource Of(Stream stream, string fileName, string contentType)
    {
        if (!stream.CanSeek)
        {
            return new UploadSource(fileName, contentType, () => stream, static () => null, isFile: false);
        }

        var start = stream.Position;
        return new UploadSource(fileName, contentType, Rewind, () => LengthOf(stream.Length, start), isFile: false);

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
            () => LengthOf(new FileInfo(path).Length, start: 0),
            isFile: true);

    /// <summary>How many bytes there are; null where it is not known.</summary>
    public long? Length() => _length();

    /// <summary>Opens the bytes at their start, until <see cref="Close"/>. The stream of a caller is open once at a time.</summary>
    /// <exception cref="InvalidOperationException">See <see cref="Obstacle"/>.</exception>
    public Stream Open()
    {
        if (!_isFile && Interlocked.Exchange(ref _isReading, 1) == 1)
        {
            throw new InvalidOperationException(BeingSent);
        }

        try
        {
            if (_isUsedUp)
            {
                throw new InvalidOperationException(SentAlready);
            }

            // A pipe is one too, under the name of a file.
            var stream = _open();
            _isUsedUp = !stream.CanSeek;
            return stream;
        }
        catch when (!_isFile)
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

    // What the system makes while it is read, such as a pipe, claims to be empty.
    private static long? LengthOf(long whole, long start) => whole == 0 ? null : Math.Max(0, whole - start);
}
