using TogetherAI.Runtime.Http;

namespace TogetherAI;

// The document cannot describe what an upload is: a redirect to an address of the storage, which takes the bytes.
public sealed partial class TogetherAIFilesClient
{
    private const string IdHeader = "X-Together-File-Id";

    /// <inheritdoc/>
    public async Task<TogetherAIFile> UploadAsync(FileUploadRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => (await UploadCountedAsync(request, options, cancellationToken).ConfigureAwait(false)).File;

    /// <summary>As <see cref="UploadAsync"/>; also returns the number of lines, which is 0 if they were not checked.</summary>
    internal async Task<(TogetherAIFile File, long Lines)> UploadCountedAsync(FileUploadRequest request, TogetherAIRequestOptions? options, CancellationToken cancellationToken)
    {
        _ = request ?? throw new ArgumentNullException(nameof(request));
        // Read once, as requests are.
        var (purpose, progress) = (request.Purpose, request.Progress);
        if (request.File is not IUpload { Source: { } given })
        {
            throw new ArgumentException("File must be a file, a stream or bytes: the service fetches no addresses.", nameof(request));
        }

        var name = request.FileName ?? given.FileName;
        var type = request.FileType ?? TypeOf(name);
        using var file = await UploadCopy.OfAsync(given, cancellationToken).ConfigureAwait(false);
        var lines = 0L;
        if (request.ChecksLines && type == FileType.JsonLines)
        {
            lines = await JsonLinesCheck.RequireAsync(file.Source, isBatch: purpose == FilePurpose.BatchApi, cancellationToken).ConfigureAwait(false);
        }

        var call = UploadCall(name, type, purpose, options);
        var id = await _pipeline.UploadAsync(call, file.Source, IdHeader, progress, cancellationToken).ConfigureAwait(false);
        return (await RetrieveAsync(id, options, cancellationToken).ConfigureAwait(false), lines);
    }

    private ApiCall UploadCall(string name, FileType type, FilePurpose? purpose, TogetherAIRequestOptions? options)
    {
        _ = purpose ?? throw new ArgumentException("Purpose is required.", nameof(purpose));
        var operation = new ApiOperation("POST", ListOperation.Path, ListOperation.Server?.AbsoluteUri, isIdempotent: false, isRedirected: true);
        var call = new ApiCall(operation, this, options)
            .Query("file_name", name)
            .Query("file_type", type)
            .Query("purpose", purpose);
        // The fields stand in both places in what the service's own SDKs send.
        return call.Body(call.RelativeUrl.Substring(operation.Path.Length + 1), "application/x-www-form-urlencoded");
    }

    private static FileType TypeOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".jsonl" => FileType.JsonLines,
        ".parquet" => FileType.Parquet,
        ".csv" => FileType.Csv,
        var other => throw new ArgumentException($"The format of a file whose name ends with \"{other}\" is not known. Set FileType.", nameof(name)),
    };
}
