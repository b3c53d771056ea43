using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace TogetherAI.Extensions.AI.Images;

/// <summary>An image generator of Microsoft.Extensions.AI over the client for images.</summary>
[Experimental(Provider.Experiment)]
internal sealed class ImageGeneratorAdapter(ITogetherAIImagesClient client, string? model, TogetherAIRequestOptions? requestOptions) : IImageGenerator
{
    private readonly ImageGeneratorMetadata _metadata = new(Provider.Name, defaultModelId: model);

    public async Task<ImageGenerationResponse> GenerateAsync(ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var converted = ImageRequests.Create(this, model, request, options);
        var response = await client.GenerateAsync(converted, requestOptions, cancellationToken).ConfigureAwait(false);
        return ImageResponses.Create(response, converted.OutputFormat);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => Provider.Find(serviceType, serviceKey, this, _metadata, client);

    public void Dispose()
    {
        // The client belongs to the caller.
    }
}
