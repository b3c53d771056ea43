#if NET8_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;

#endif
namespace TogetherAI;

/// <summary>A file to upload, and what it is for.</summary>
public sealed class FileUploadRequest
{
    /// <summary>Creates a request whose required properties are set by an initializer.</summary>
    public FileUploadRequest()
    {
    }

    /// <summary>Creates a request with all that must be set.</summary>
    /// <param name="file">The file; not the address of one.</param>
    /// <param name="purpose">What it is for.</param>
#if NET8_0_OR_GREATER
    [SetsRequiredMembers]
#endif
    public FileUploadRequest(FileUpload file, FilePurpose purpose)
    {
        File = file ?? throw new ArgumentNullException(nameof(file));
        Purpose = purpose ?? throw new ArgumentNullException(nameof(purpose));
    }

    /// <summary>
    /// The file, which is read while it is sent: from a path, a stream or bytes, not an address. What does not say how long it
    /// is, such as a pipe, is copied to a temporary file first.
    /// </summary>
#if NET8_0_OR_GREATER
    public required FileUpload File { get; set; }
#else
    public FileUpload File { get; set; } = null!;
#endif

    /// <summary>What the file is for; <see cref="FilePurpose.FineTune"/>, <see cref="FilePurpose.Evaluation"/> and <see cref="FilePurpose.BatchApi"/> can be uploaded.</summary>
#if NET8_0_OR_GREATER
    public required FilePurpose Purpose { get; set; }
#else
    public FilePurpose Purpose { get; set; } = null!;
#endif

    /// <summary>Name of the file on the platform. Default: null, its own name.</summary>
    public string? FileName { get; set; }

    /// <summary>Format of the file. Default: null, which takes it from the ending of the name: .jsonl, .parquet or .csv.</summary>
    public FileType? FileType { get; set; }

    /// <summary>
    /// Whether each line of a JSONL file is checked before anything is sent: that it is a JSON object and, for batches, that it
    /// has an id of its own and a body. Default: true.
    /// </summary>
    public bool ChecksLines { get; set; } = true;

    /// <summary>Is told how many bytes have been sent, from 0 again with each retry. Default: null.</summary>
    public IProgress<long>? Progress { get; set; }

    /// <summary>Copies the request; the file, the purpose and the receiver of progress are shared.</summary>
    /// <returns>The copy.</returns>
    public FileUploadRequest Clone() => (FileUploadRequest)MemberwiseClone();
}
