using Microsoft.Extensions.AI;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Chat;

/// <summary>The parts of a user message.</summary>
internal static class ContentParts
{
    public static ChatCompletionContentPart Convert(AIContent content)
    {
        if (content.RawRepresentation is ChatCompletionContentPart raw)
        {
            return raw;
        }

        var part = content switch
        {
            TextContent text => ChatCompletionContentPart.FromText(text.Text),
            DataContent data when IsWave(data.MediaType) => ChatCompletionContentPart.FromAudio(data.Data, ChatCompletionInputAudioFormat.Wav),
            DataContent data => Media(data.Uri, data.MediaType),
            UriContent uri => Media(uri.Uri.AbsoluteUri, uri.MediaType),
            _ => throw new NotSupportedException($"{content.GetType().Name} is not supported in a message with the role user. Remove it, or replace it with text, an image, a video or audio."),
        };
        AdditionalFields.CopyTo(part.AdditionalProperties, content.AdditionalProperties);
        return part;
    }

    private static ChatCompletionContentPart Media(string url, string mediaType) => TopLevel(mediaType) switch
    {
        "image" => ChatCompletionContentPart.FromImage(url),
        "video" => ChatCompletionContentPart.FromVideo(url),
        "audio" => ChatCompletionContentPart.FromAudio(url),
        _ => throw new NotSupportedException($"Content of the media type {mediaType} is not supported: the API accepts images, videos and audio. Send its text."),
    };

    private static string TopLevel(string mediaType) => mediaType.Split('/')[0].ToLowerInvariant();

    private static bool IsWave(string mediaType)
        => mediaType.Split(';')[0].Trim().ToLowerInvariant() is "audio/wav" or "audio/x-wav" or "audio/wave" or "audio/vnd.wave";
}
