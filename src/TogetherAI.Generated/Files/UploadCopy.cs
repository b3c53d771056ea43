using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>A file to upload whose length is known: the caller's own or, where that does not say it, a temporary copy.</summary>
internal sealed class UploadCopy : IDisposable
{
    private readonly FileStream? _copy;

    private UploadCopy(UploadSource source, FileStream? copy)
    {
        Source = source;
        _copy = copy;
    }

    public UploadSource Source { get; }

    /// <exception cref="ArgumentException">The file is empty.</exception>
    /// <exception cref="InvalidOperationException">The file cannot be read.</exception>
    public static async Task<UploadCopy> OfAsync(UploadSource source, CancellationToken cancellationToken)
    {
        if (source.Length() is > 0)
        {
            return new UploadCopy(source, copy: null);
        }

        var copy = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            80 * 1024,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        try
        {
            var stream = source.Open();
            try
            {
                await stream.CopyToAsync(copy, 80 * 1024, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                source.Close(stream);
            }

            await copy.FlushAsync(cancellationToken).ConfigureAwait(false);
            copy.Position = 0;
            return copy.Length > 0
                ? new UploadCopy(UploadSource.Of(copy, source.FileName, source.ContentType), copy)
                : throw new ArgumentException("The file is empty.", nameof(source));
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    public void Dispose() => _copy?.Dispose();
}
