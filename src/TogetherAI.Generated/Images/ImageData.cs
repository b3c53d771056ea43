namespace TogetherAI;

// Completes the generated type: the document can only say that the text is base64.
public sealed partial class ImageData
{
    /// <summary>The image itself; null where the server sent an address.</summary>
    /// <exception cref="FormatException">The server's text is not base64.</exception>
    public byte[]? ToBytes() => Base64Data is { } text ? Convert.FromBase64String(text) : null;
}
