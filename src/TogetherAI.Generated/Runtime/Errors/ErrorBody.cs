using System.Text;

namespace TogetherAI.Runtime.Errors;

/// <summary>What a failed call says, as far as it is kept: its bytes, with content codings undone, and their text.</summary>
internal sealed class ErrorBody
{
    // Each byte is a character of its own, so that the bytes around a secret stay as they are.
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);

    private readonly Encoding _encoding;

    private ErrorBody(byte[] bytes, Encoding encoding, bool isTruncated, string? none)
    {
        Bytes = bytes;
        (Text, _encoding) = bytes.Length == 0 ? (none, encoding) : Decode(bytes, encoding);
        IsTruncated = isTruncated;
    }

    public byte[] Bytes { get; }

    /// <summary>The text; null where there is none.</summary>
    public string? Text { get; }

    /// <summary>Whether there was more than is kept.</summary>
    public bool IsTruncated { get; }

    /// <summary>Keeps a copy of bytes.</summary>
    /// <param name="bytes">The body, or as much of it as is to be kept.</param>
    /// <param name="isTruncated">Whether there was more.</param>
    /// <param name="encoding">Its charset; null is UTF-8. A byte-order mark takes precedence.</param>
    /// <param name="none">The text of no bytes.</param>
    public static ErrorBody Of(ReadOnlySpan<byte> bytes, bool isTruncated, Encoding? encoding = null, string? none = null)
        => new(bytes.ToArray(), encoding ?? Encoding.UTF8, isTruncated, none);

    /// <summary>The bytes without secrets. All others are as they came, unless a secret is in another charset than ASCII.</summary>
    public byte[] Masked(Secrets secrets)
    {
        var characters = Latin1.GetString(Bytes);
        var masked = secrets.Hide(characters);
        var bytes = masked == characters ? Bytes : Latin1.GetBytes(masked);
        var text = Decode(bytes, _encoding).Text;
        var hidden = secrets.Hide(text);
        return hidden == text ? bytes : _encoding.GetBytes(hidden);
    }

    private static (string Text, Encoding Encoding) Decode(byte[] bytes, Encoding encoding)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), encoding, detectEncodingFromByteOrderMarks: true);
        return (reader.ReadToEnd(), reader.CurrentEncoding);
    }
}
