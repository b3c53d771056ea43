using Newtonsoft.Json.Linq;

namespace TogetherAI;

// Completes the generated type: each factory sets the fields that its type has.
public sealed partial class MessageContentBlock
{
    /// <summary>Creates a text block.</summary>
    /// <param name="text">The text.</param>
    public static MessageContentBlock FromText(string text) => new()
    {
        Type = MessageContentBlockType.Text,
        Text = text ?? throw new ArgumentNullException(nameof(text)),
    };

    /// <summary>Creates an image block.</summary>
    /// <param name="url">An http or https URL.</param>
    public static MessageContentBlock FromImage(string url) => new()
    {
        Type = MessageContentBlockType.Image,
        Source = new MessageImageSource { Type = MessageImageSourceType.Url, Url = url ?? throw new ArgumentNullException(nameof(url)) },
    };

    /// <summary>Creates a block with an image that is embedded in the request.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="mediaType">The media type, such as <c>image/png</c>.</param>
    public static MessageContentBlock FromImage(ReadOnlyMemory<byte> bytes, string mediaType) => new()
    {
        Type = MessageContentBlockType.Image,
        Source = new MessageImageSource
        {
            Type = MessageImageSourceType.Base64,
            MediaType = mediaType ?? throw new ArgumentNullException(nameof(mediaType)),
            Data = bytes,
        },
    };

    /// <summary>Creates a block with a tool call of the assistant.</summary>
    /// <param name="id">Id of the call.</param>
    /// <param name="name">The name of the tool.</param>
    /// <param name="input">The input, a JSON object.</param>
    public static MessageContentBlock FromToolUse(string id, string name, JToken input) => new()
    {
        Type = MessageContentBlockType.ToolUse,
        Id = id ?? throw new ArgumentNullException(nameof(id)),
        Name = name ?? throw new ArgumentNullException(nameof(name)),
        Input = input ?? throw new ArgumentNullException(nameof(input)),
    };

    /// <summary>Creates a block with the result of a tool.</summary>
    /// <param name="toolUseId">The ID of the tool call.</param>
    /// <param name="content">What it returned: a text, often JSON, or blocks of text and images.</param>
    /// <param name="isError">Whether the tool failed; null means that it did not.</param>
    public static MessageContentBlock FromToolResult(string toolUseId, MessageContent content, bool? isError = null) => new()
    {
        Type = MessageContentBlockType.ToolResult,
        ToolUseId = toolUseId ?? throw new ArgumentNullException(nameof(toolUseId)),
        Content = content ?? throw new ArgumentNullException(nameof(content)),
        IsError = isError,
    };
}
