namespace TogetherAI;

// Completes the generated type: each factory sets the fields that its type has.
public sealed partial class ChatCompletionContentPart
{
    /// <summary>Creates a text part.</summary>
    /// <param name="text">The text.</param>
    public static ChatCompletionContentPart FromText(string text) => new()
    {
        Type = ChatCompletionContentPartType.Text,
        Text = text ?? throw new ArgumentNullException(nameof(text)),
    };

    /// <summary>Creates an image part.</summary>
    /// <param name="url">An http, https or <c>data:</c> URL.</param>
    public static ChatCompletionContentPart FromImage(string url) => new()
    {
        Type = ChatCompletionContentPartType.ImageUrl,
        ImageUrl = Media(url),
    };

    /// <summary>Creates a part with an image that is embedded in the request.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="contentType">The media type, such as <c>image/png</c>.</param>
    public static ChatCompletionContentPart FromImage(byte[] bytes, string contentType)
        => FromImage($"data:{contentType};base64,{Convert.ToBase64String(bytes ?? throw new ArgumentNullException(nameof(bytes)))}");

    /// <summary>Creates a video part.</summary>
    /// <param name="url">An http, https or <c>data:</c> URL.</param>
    public static ChatCompletionContentPart FromVideo(string url) => new()
    {
        Type = ChatCompletionContentPartType.VideoUrl,
        VideoUrl = Media(url),
    };

    /// <summary>Creates an audio part.</summary>
    /// <param name="url">An http, https or <c>data:</c> URL.</param>
    public static ChatCompletionContentPart FromAudio(string url) => new()
    {
        Type = ChatCompletionContentPartType.AudioUrl,
        AudioUrl = Media(url),
    };

    /// <summary>Creates a part with an audio file that is embedded in the request.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="format">The format of the audio.</param>
    public static ChatCompletionContentPart FromAudio(ReadOnlyMemory<byte> bytes, ChatCompletionInputAudioFormat format) => new()
    {
        Type = ChatCompletionContentPartType.InputAudio,
        InputAudio = new ChatCompletionInputAudio
        {
            Data = bytes,
            Format = format,
        },
    };

    private static ChatCompletionMediaUrl Media(string url) => new() { Url = url ?? throw new ArgumentNullException(nameof(url)) };
}
