using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>A file to send as part of a form, read while it is sent.</summary>
/// <remarks>
/// A call is sent again after a failure only if the file can be read from its start again: a file, or a stream that can
/// seek.
/// </remarks>
[JsonConverter(typeof(Converter))]
public sealed class FileUpload : IUnion, IUpload
{
    private readonly UploadSource _source;

    private FileUpload(UploadSource source) => _source = source;

    /// <summary>Name of the file, which tells the server its format.</summary>
    public string FileName => _source.FileName;

    /// <summary>Media type of the content.</summary>
    public string ContentType => _source.ContentType;

    UploadSource? IUpload.Source => _source;

    string? IUpload.Address => null;

    object IUnion.Value => throw new JsonSerializationException("A file can only be sent as part of a form, not as JSON.");

    /// <summary>Sends what a stream holds, from where it stands now.</summary>
    /// <param name="stream">The stream; it is read while it is sent, and stays the caller's to close.</param>
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

    /// <summary>Name of the file.</summary>
    public override string ToString() => FileName;

    internal sealed class Converter : UnionConverter<FileUpload>
    {
        protected override FileUpload Create(JToken json) => throw new JsonSerializationException("A file cannot be read from JSON.");
    }
}
