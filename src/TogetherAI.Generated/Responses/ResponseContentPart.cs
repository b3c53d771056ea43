namespace TogetherAI;

// Completes the generated type: each factory sets the fields that its type has.
public sealed partial class ResponseContentPart
{
    /// <summary>A part of the input that is text.</summary>
    /// <param name="text">The text.</param>
    public static ResponseContentPart FromInputText(string text) => new()
    {
        Type = ResponseContentPartType.InputText,
        Text = text ?? throw new ArgumentNullException(nameof(text)),
    };

    /// <summary>A part of the input that is an image.</summary>
    /// <param name="url">An http, https or <c>data:</c> URL.</param>
    public static ResponseContentPart FromInputImage(string url) => new()
    {
        Type = ResponseContentPartType.InputImage,
        ImageUrl = url ?? throw new ArgumentNullException(nameof(url)),
    };

    /// <summary>A part of the input that is an image of the program's own, sent within the request.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="mediaType">The media type, such as <c>image/png</c>.</param>
    public static ResponseContentPart FromInputImage(byte[] bytes, string mediaType)
        => FromInputImage($"data:{mediaType};base64,{Convert.ToBase64String(bytes ?? throw new ArgumentNullException(nameof(bytes)))}");

    /// <summary>A part of the output that is text; it repeats what a model said.</summary>
    /// <param name="text">The text.</param>
    public static ResponseContentPart FromOutputText(string text) => new()
    {
        Type = ResponseContentPartType.OutputText,
        Text = text ?? throw new ArgumentNullException(nameof(text)),
    };
}
