using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>A file to send as part of a form, read while it is sent, or the address of one.</summary>
/// <remarks>
/// A call is retried after a failure only if the file can be read from its start again: a file, or a stream that can
/// seek.
/// </remarks>
[JsonConverter(typeof(Converter))]
public sealed class FileUpload : IUnion, IUpload
{
    private readonly UploadSource? _source;
    private readonly string? _address;

    private FileUpload(UploadSource source) => _source = source;

    private FileUpload(string address) => _address = address;

    /// <summary>Name of the file, which tells the server its format; null for an address.</summary>
    public string? FileName => _source?.FileName;

    /// <summary>Media type of the content; null for an address.</summary>
    public string? ContentType => _source?.ContentType;

    /// <summary>The address; null for a file.</summary>
    public string? Url => _address;

    UploadSource? IUpload.Source => _source;

    string? IUpload.Address => _address;

    object IUnion.Value => _address ?? throw new JsonSerializationException("A file can only be sent as part of a form, not as JSON.");

    /// <summary>Takes the http or https address of a file, as <see cref="FromUrl"/> does; null to null.</summary>
    /// <param name="url">The address.</param>
    /// <exception cref="ArgumentException">It is something else.</exception>
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator FileUpload?(Uri? url) => url is null ? null : FromUrl(url);

    /// <summary>Sends what a stream holds, from where it stands now.</summary>
    /// <param name="stream">The stream; it is read while it is sent, and is not disposed by the client to close.</param>
    /// <param name="fileName">Name of the file, whose ending tells the server its format.</param>
    /// <param name="contentType">Media type of the content; null takes it from the ending of the name.</param>
    /// <exception cref="ArgumentException">The stream cannot be read, or the type is none.</exception>
    public static FileUpload FromStream(Stream stream, string fileName, string? contentType = null)
        => new(UploadSource.FromStream(stream, fileName, contentType));

    /// <summary>Sends a file, which is opened when the call is sent.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="contentType">Media type of the content; null takes it from the ending of the name.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">The type is none.</exception>
    public static FileUpload FromFile(string path, string? contentType = null) => new(UploadSource.FromFile(path, contentType));

    /// <summary>Sends bytes.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="fileName">Name of the file, whose ending tells the server its format.</param>
    /// <param name="contentType">Media type of the content; null takes it from the ending of the name.</param>
    /// <exception cref="ArgumentException">The type is none.</exception>
    public static FileUpload FromBytes(byte[] bytes, string fileName, string? contentType = null)
        => new(UploadSource.FromBytes(bytes, fileName, contentType));

    /// <summary>Lets the server fetch the file, where it takes addresses.</summary>
    /// <param name="url">An http or https address.</param>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public static FileUpload FromUrl(Uri url)
    {
        _ = url ?? throw new ArgumentNullException(nameof(url));
        return url.IsAbsoluteUri && url.Scheme is "http" or "https"
            ? new FileUpload(url.AbsoluteUri)
            : throw new ArgumentException("The address of a file must begin with http or https.", nameof(url));
    }

    /// <summary>Name of the file, or the address.</summary>
    public override string ToString() => FileName ?? Url!;

    internal sealed class Converter : UnionConverter<FileUpload>
    {
        protected override FileUpload Create(JToken json)
            => json is JValue { Value: string address } ? new(address) : throw new JsonSerializationException("A file cannot be read from JSON.");
    }
}
