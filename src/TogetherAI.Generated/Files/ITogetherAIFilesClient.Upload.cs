namespace TogetherAI;

public partial interface ITogetherAIFilesClient
{
    /// <summary>Uploads a file.</summary>
    /// <remarks>
    /// The service is asked for an address of its storage, the bytes are sent there without the key and without the headers of
    /// the options, and then the file is retrieved. The time that an upload may take is not limited: the timeout of the call
    /// applies to each of these steps, and starts again with every piece of the file that is sent.
    /// </remarks>
    /// <param name="request">The file, and what it is for.</param>
    /// <param name="options">What differs for this call; null takes the client's settings.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The file on the platform.</returns>
    /// <exception cref="ArgumentException">The file is empty, is an address, has no known format, or one of its lines is invalid.</exception>
    /// <exception cref="InvalidOperationException">The file cannot be read, or the <see cref="HttpClient"/> follows redirects or sends a key to every address.</exception>
    /// <exception cref="TogetherAIException">The server refused the file, could not be reached, or did not respond in time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<TogetherAIFile> UploadAsync(FileUploadRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);
}
