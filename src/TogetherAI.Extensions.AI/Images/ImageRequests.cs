using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Images;

/// <summary>Makes the request of a prompt, images and options. What is set in a raw request takes precedence; nothing is dropped silently.</summary>
[Experimental(Provider.Experiment)]
internal static class ImageRequests
{
    public static ImageRequest Create(IImageGenerator generator, string? model, ImageGenerationRequest request, ImageGenerationOptions? options)
    {
        _ = request ?? throw new ArgumentNullException(nameof(request));
        var result = Provider.Raw<ImageRequest>(options?.RawRepresentationFactory?.Invoke(generator)) ?? new ImageRequest { Model = "", Prompt = "" };
        result.Model = Provider.Model(result.Model, options?.ModelId, model);
        result.Prompt = Provider.NullIfEmpty(request.Prompt) ?? Provider.NullIfEmpty(result.Prompt)
            ?? throw new ArgumentException("The request has no prompt. Set ImageGenerationRequest.Prompt.", nameof(request));
        AddImages(result, request.OriginalImages);
        if (options is not null)
        {
            SetOptions(result, options);
            AdditionalFields.Send(result.AdditionalProperties, options.AdditionalProperties, nameof(ImageGenerationOptions));
        }

        return result;
    }

    // A single image is the one to edit. The API has one field for that, and one for several images.
    private static void AddImages(ImageRequest request, IEnumerable<AIContent>? images)
    {
        string[] urls = [.. (images ?? []).Select(UrlOf)];
        if (urls.Length == 1 && request.ImageUrl is null && request.Image is null)
        {
            request.ImageUrl = urls[0];
        }
        else if (urls.Length > 0)
        {
            request.ReferenceImages = [.. request.ReferenceImages ?? [], .. urls];
        }
    }

    private static string UrlOf(AIContent content) => content switch
    {
        DataContent data when data.HasTopLevelMediaType("image") => data.Uri,
        UriContent uri when uri.HasTopLevelMediaType("image") => uri.Uri.AbsoluteUri,
        DataContent { MediaType: var type } => throw NotAnImage(type),
        UriContent { MediaType: var type } => throw NotAnImage(type),
        null => throw new ArgumentException("An original image is null.", nameof(content)),
        _ => throw new NotSupportedException($"{content.GetType().Name} is not supported as an original image. Use DataContent or UriContent."),
    };

    private static NotSupportedException NotAnImage(string mediaType)
        => new($"Content of the media type {mediaType} is not supported as an original image. Set the media type of an image, such as image/png.");

    private static void SetOptions(ImageRequest request, ImageGenerationOptions options)
    {
        if (options.StreamingCount > 0)
        {
            throw new NotSupportedException("ImageGenerationOptions.StreamingCount is not supported: the API returns finished images only.");
        }

        request.Count ??= options.Count;
        request.Width ??= options.ImageSize?.Width;
        request.Height ??= options.ImageSize?.Height;
        request.OutputFormat ??= Format(options.MediaType);
        request.ResponseFormat ??= options.ResponseFormat switch
        {
            null => null,
            ImageGenerationResponseFormat.Uri => ImageResponseFormat.Url,
            ImageGenerationResponseFormat.Data => ImageResponseFormat.Base64,
            _ => throw new NotSupportedException($"ImageGenerationOptions.ResponseFormat {options.ResponseFormat} is not supported. Use Uri or Data."),
        };
    }

    private static ImageOutputFormat? Format(string? mediaType) => mediaType?.Trim().ToLowerInvariant() switch
    {
        null or "" => null,
        "image/png" => ImageOutputFormat.Png,
        "image/jpeg" or "image/jpg" => ImageOutputFormat.Jpeg,
        _ => throw new NotSupportedException($"ImageGenerationOptions.MediaType {mediaType} is not supported. Use image/png or image/jpeg, or set ImageRequest.OutputFormat in RawRepresentationFactory."),
    };
}
