using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Images;

/// <summary>Converts the images of a response.</summary>
[Experimental(Provider.Experiment)]
internal static class ImageResponses
{
    /// <summary>That of an image of which no more is known.</summary>
    private const string AnyImage = "image/*";

    /// <exception cref="TogetherAIInvalidResponseException">There is no image, or one without content.</exception>
    public static ImageGenerationResponse Create(ImageResponse response, ImageOutputFormat? requested)
    {
        var images = response.Data.OrderBy(static image => image?.Index ?? 0).Select(image => Content(image, requested)).ToList();
        return images.Count > 0
            ? new ImageGenerationResponse(images)
            {
                Usage = UsageMapping.ToDetails(response.AdditionalProperties),
                RawRepresentation = response,
            }
            : throw new TogetherAIInvalidResponseException("The response has no images. Check that the model generates images.");
    }

    private static AIContent Content(ImageData? image, ImageOutputFormat? requested)
    {
        AIContent content = image switch
        {
            // Models have formats of their own, whatever was requested.
            { Data: { Length: > 0 } data } => new DataContent(data, FileSignature.Find(data.Span)?.MediaType ?? TypeOf(requested)),
            { Url: { Length: > 0 } url } when Uri.TryCreate(url, UriKind.Absolute, out var uri) => new UriContent(uri, TypeOf(requested)),
            _ => throw new TogetherAIInvalidResponseException("An image of the response has neither data nor an absolute URL."),
        };
        content.RawRepresentation = image;
        content.AdditionalProperties = AdditionalFields.Add(null, image!.AdditionalProperties);
        if (image.Timings?.Inference is { } inference)
        {
            content.AdditionalProperties = AdditionalFields.Add(content.AdditionalProperties, "timings", new JObject { ["inference"] = inference.TotalSeconds });
        }

        return content;
    }

    private static string TypeOf(ImageOutputFormat? format)
        => format == ImageOutputFormat.Png ? "image/png" : format == ImageOutputFormat.Jpeg ? "image/jpeg" : AnyImage;
}
