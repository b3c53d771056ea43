namespace TogetherAI.Extensions.AI;

/// <summary>What a media file is, as its first bytes tell.</summary>
internal sealed class FileSignature(string mediaType, string extension)
{
    /// <summary>The number of bytes that suffice.</summary>
    public const int Length = 12;

    private static readonly FileSignature Png = new("image/png", ".png");
    private static readonly FileSignature Jpeg = new("image/jpeg", ".jpg");
    private static readonly FileSignature Gif = new("image/gif", ".gif");
    private static readonly FileSignature WebP = new("image/webp", ".webp");
    private static readonly FileSignature Wave = new("audio/wav", ".wav");
    private static readonly FileSignature Flac = new("audio/flac", ".flac");
    private static readonly FileSignature Ogg = new("audio/ogg", ".ogg");
    private static readonly FileSignature WebM = new("audio/webm", ".webm");
    private static readonly FileSignature Mp4 = new("audio/mp4", ".m4a");
    private static readonly FileSignature Mp3 = new("audio/mpeg", ".mp3");
    private static readonly FileSignature Aac = new("audio/aac", ".aac");

    public string MediaType => mediaType;

    /// <summary>The extension of its name, with a period.</summary>
    public string Extension => extension;

    /// <summary>Recognizes a file; null if it is none of those that the API accepts or returns.</summary>
    public static FileSignature? Find(ReadOnlySpan<byte> start)
        => StartsWith(start, "RIFF"u8) ? FindRiff(start)
            : start.Length > 8 && StartsWith(start.Slice(4), "ftyp"u8) ? Mp4
            : StartsWith(start, "fLaC"u8) ? Flac
            : StartsWith(start, "OggS"u8) ? Ogg
            : StartsWith(start, "ID3"u8) ? Mp3
            : StartsWith(start, "GIF8"u8) ? Gif
            : StartsWith(start, [0x89, 0x50, 0x4E, 0x47]) ? Png
            : StartsWith(start, [0xFF, 0xD8, 0xFF]) ? Jpeg
            : StartsWith(start, [0x1A, 0x45, 0xDF, 0xA3]) ? WebM
            : FindFrame(start);

    private static FileSignature? FindRiff(ReadOnlySpan<byte> start)
        => start.Length < Length ? null
            : StartsWith(start.Slice(8), "WAVE"u8) ? Wave
            : StartsWith(start.Slice(8), "WEBP"u8) ? WebP
            : null;

    // MPEG audio begins with eleven bits for synchronization; the layer is 0 in AAC alone.
    private static FileSignature? FindFrame(ReadOnlySpan<byte> start)
        => start.Length < 2 || start[0] != 0xFF || (start[1] & 0xE0) != 0xE0 ? null
            : (start[1] & 0x06) != 0 ? Mp3
            : (start[1] & 0xF0) == 0xF0 ? Aac
            : null;

    private static bool StartsWith(ReadOnlySpan<byte> start, ReadOnlySpan<byte> signature) => start.StartsWith(signature);
}
