namespace TogetherAI;

public static partial class TogetherAIFilesClientExtensions
{
    /// <inheritdoc cref="ITogetherAIFilesClient.UploadAsync" path="/*[not(self::param)]"/>
    /// <param name="client">The client.</param>
    /// <param name="request">The file, and what it is for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static Task<TogetherAIFile> UploadAsync(this ITogetherAIFilesClient client, FileUploadRequest request, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).UploadAsync(request, cancellationToken: cancellationToken);
}
