using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>A file to upload, by itself or in a form, which is streamed, or the URL of a file.</summary>
/// <remarks>
/// A failed call is retried only if the content can be read again from its start: a file, bytes, or a stream that can
/// seek.
/// </remarks>
#if NET8_0_OR_GREATER
[System.Text.Json.Serialization.JsonConverter(typeof(TogetherAIJsonConverter<FileUpload>))]
#endif
[JsonConverter(typeof(Converter))]
public sealed class FileUpload : IUnion, IUpload
{
    private readonly UploadSource? _source;
    private readonly string? _address;

    private FileUpload(UploadSource source) => _source = source;

    private FileUpload(string address) => _address = address;

    /// <summary>Gets the name of the file, from which the server determines its format; null for a URL.</summary>
    public string? FileName => _source?.FileName;

    /// <summary>Gets the media type of the content; null for a URL.</summary>
    public string? ContentType => _source?.ContentType;

    /// <summary>Gets the URL; null for a file.</summary>
    public string? Url => _address;

    UploadSource? IUpload.Source => _source;

    string? IUpload.Address => _address;

    object IUnion.Value => _address ?? throw new JsonSerializationException("A file can only be sent as part of a form, not as JSON.");

    /// <summary>Converts the http or https URL of a file, like <see cref="FromUrl"/>; null becomes null.</summary>
    /// <param name="url">The URL.</param>
    /// <exception cref="ArgumentException">The URL is not an absolute http or https URL.</exception>
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator FileUpload?(Uri? url) => url is null ? null : FromUrl(url);

    /// <summary>Uploads a stream from its current position.</summary>
    /// <param name="stream">The stream, which is read while it is sent, and is not disposed by the client.</param>
    /// <param name="fileName">The name of the file, from whose extension the server determines its format.</param>
    /// <param name="contentType">The media type of the content; null to derive it from the file extension.</param>
    /// <exception cref="ArgumentException">The stream cannot be read, or the media type is invalid.</exception>
    public static FileUpload FromStream(Stream stream, string fileName, string? contentType = null)
        => new(UploadSource.FromStream(stream, fileName, contentType));

    /// <summary>Uploads a file, which is opened when the request is sent.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="contentType">The media type of the content; null to derive it from the file extension.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="ArgumentException">The media type is invalid.</exception>
    public static FileUpload FromFile(string path, string? contentType = null) => new(UploadSource.FromFile(path, contentType));

    /// <summary>Uploads bytes.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="fileName">The name of the file, from whose extension the server determines its format.</param>
    /// <param name="contentType">The media type of the content; null to derive it from the file extension.</param>
    /// <exception cref="ArgumentException">The media type is invalid.</exception>
    public static FileUpload FromBytes(byte[] bytes, string fileName, string? contentType = null)
        => new(UploadSource.FromBytes(bytes, fileName, contentType));

    /// <summary>Lets the server download the file, if the API supports URLs.</summary>
    /// <param name="url">An http or https URL.</param>
    /// <exception cref="ArgumentException">The URL is not an absolute http or https URL.</exception>
    public static FileUpload FromUrl(Uri url)
    {
        _ = url ?? throw new ArgumentNullException(nameof(url));
        return url.IsAbsoluteUri && url.Scheme is "http" or "https"
            ? new FileUpload(url.AbsoluteUri)
            : throw new ArgumentException("The URL of a file must be an absolute http or https URL.", nameof(url));
    }

    /// <summary>Returns the name of the file, or the URL.</summary>
    public override string ToString() => FileName ?? Url!;

#if NET8_0_OR_GREATER
    internal static readonly Utf8Read<FileUpload> Utf8Reader = ReadUtf8;

    internal static FileUpload? ReadUtf8(ref Utf8Source source) => Utf8Union.ReadJson(ref source) is { } json ? Converter.Of(json) : null;
#endif

    internal sealed class Converter : UnionConverter<FileUpload>
    {
        public static FileUpload Of(JToken json)
            => json is JValue { Value: string address } ? new(address) : throw new JsonSerializationException("A file cannot be read from JSON.");

        protected override FileUpload Create(JToken json) => Of(json);
    }
}
