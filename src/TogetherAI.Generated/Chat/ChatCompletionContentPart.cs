namespace TogetherAI;

// Completes the generated type: each factory sets the fields that its type has.
public sealed partial class ChatCompletionContentPart
{
    /// <summary>A part that is text.</summary>
    /// <param name="text">The text.</param>
    public static ChatCompletionContentPart FromText(string text) => new()
    {
        Type = ChatCompletionContentPartType.Text,
        Text = text ?? throw new ArgumentNullException(nameof(text)),
    };

    /// <summary>A part that is an image.</summary>
    /// <param name="url">An http, https or <c>data:</c> address.</param>
    public static ChatCompletionContentPart FromImage(string url) => new()
    {
        Type = ChatCompletionContentPartType.ImageUrl,
        ImageUrl = Media(url),
    };

    /// <summary>A part that is an image of the program's own, sent within the request.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="contentType">Its type, such as <c>image/png</c>.</param>
    public static ChatCompletionContentPart FromImage(byte[] bytes, string contentType)
        => FromImage($"data:{contentType};base64,{Convert.ToBase64String(bytes ?? throw new ArgumentNullException(nameof(bytes)))}");

    /// <summary>A part that is a video.</summary>
    /// <param name="url">An http, https or <c>data:</c> address.</param>
    public static ChatCompletionContentPart FromVideo(string url) => new()
    {
        Type = ChatCompletionContentPartType.VideoUrl,
        VideoUrl = Media(url),
    };

    /// <summary>A part that is an audio file.</summary>
    /// <param name="url">An http, https or <c>data:</c> address.</param>
    public static ChatCompletionContentPart FromAudio(string url) => new()
    {
        Type = ChatCompletionContentPartType.AudioUrl,
        AudioUrl = Media(url),
    };

    /// <summary>A part that is an audio file of the program's own, sent within the request.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="format">Its format.</param>
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
