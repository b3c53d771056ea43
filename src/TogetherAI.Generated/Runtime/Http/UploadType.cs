using System.Net.Http.Headers;
using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>The media types of uploads.</summary>
internal static class UploadType
{
    /// <summary>The type that the caller gives, or the one that belongs to the ending of the name.</summary>
    /// <exception cref="ArgumentException">The media type is invalid.</exception>
    public static string Of(string fileName, string? contentType)
    {
        if (contentType is null)
        {
            return OfEnding(Path.GetExtension(fileName));
        }

        // A line break in it would end the head of the part.
        return MediaTypeHeaderValue.TryParse(contentType, out _) && contentType.IndexOfAny(['\r', '\n']) < 0
            ? contentType
            : throw new ArgumentException($"\"{ErrorText.OneLine(contentType)}\" is not a media type, such as audio/wav.", nameof(contentType));
    }

    private static string OfEnding(string ending) => ending.ToUpperInvariant() switch
    {
        ".WAV" => "audio/wav",
        ".MP3" => "audio/mpeg",
        ".M4A" => "audio/mp4",
        ".WEBM" => "audio/webm",
        ".FLAC" => "audio/flac",
        ".OGG" or ".OPUS" => "audio/ogg",
        ".AAC" => "audio/aac",
        ".PNG" => "image/png",
        ".JPG" or ".JPEG" => "image/jpeg",
        ".GIF" => "image/gif",
        ".WEBP" => "image/webp",
        ".MP4" => "video/mp4",
        ".PDF" => "application/pdf",
        ".JSON" => "application/json",
        ".TXT" => "text/plain",
        ".CSV" => "text/csv",
        _ => "application/octet-stream",
    };
}
