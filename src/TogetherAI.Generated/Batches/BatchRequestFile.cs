using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>Writes the requests of a batch to a temporary file, one at a time, so that they are never held as a whole.</summary>
internal static class BatchRequestFile
{
    private const int BufferSize = 80 * 1024;

    /// <exception cref="ArgumentException">There is no request, or one of them violates a limit of the API.</exception>
    public static async Task<FileStream> CreateAsync(IEnumerable<KeyValuePair<string, ChatCompletionRequest>> requests, CancellationToken cancellationToken)
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            BufferSize,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        try
        {
            foreach (var request in requests)
            {
                await WriteAsync(request, file, cancellationToken).ConfigureAwait(false);
            }

            await file.FlushAsync(cancellationToken).ConfigureAwait(false);
            file.Position = 0;
            return file.Length > 0 ? file : throw new ArgumentException("There are no requests.", nameof(requests));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static async Task WriteAsync(KeyValuePair<string, ChatCompletionRequest> request, FileStream file, CancellationToken cancellationToken)
    {
        _ = request.Key ?? throw new ArgumentException("The ID of a request is null.", "requests");
        var name = $"requests[\"{request.Key}\"]";
        Validation.Value(request.Value ?? throw new ArgumentException($"{name} is null.", "requests"), name);
        var beginning = ApiJson.Serialize(request.Key).ToArray();
        await WriteAsync(file, "{\"custom_id\":"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        await WriteAsync(file, beginning, cancellationToken).ConfigureAwait(false);
        await WriteAsync(file, ",\"body\":"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        using (var body = ApiJson.Serialize(request.Value))
        {
            await body.TrySendAsync(file, cancellationToken).ConfigureAwait(false);
        }

        await WriteAsync(file, "}\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
    }

    private static Task WriteAsync(FileStream file, byte[] bytes, CancellationToken cancellationToken) => file.WriteAsync(bytes, 0, bytes.Length, cancellationToken);
}
