namespace TogetherAI;

// Completes the generated type: each factory sets the fields that its role has.
public sealed partial class ChatCompletionMessage
{
    /// <summary>Creates a system message.</summary>
    /// <param name="content">The content of the message.</param>
    public static ChatCompletionMessage FromSystem(string content) => Of(ChatCompletionRole.System, content);

    /// <summary>Creates a user message.</summary>
    /// <param name="content">A text, or parts of text, images, videos and audio files.</param>
    public static ChatCompletionMessage FromUser(ChatCompletionMessageContent content) => Of(ChatCompletionRole.User, content);

    /// <summary>Creates an assistant message.</summary>
    /// <param name="content">The content of the message.</param>
    public static ChatCompletionMessage FromAssistant(string content) => Of(ChatCompletionRole.Assistant, content);

    /// <summary>Creates an assistant message with tool calls.</summary>
    /// <param name="toolCalls">The tool calls of the response.</param>
    public static ChatCompletionMessage FromAssistant(IEnumerable<ChatCompletionToolCall> toolCalls) => new()
    {
        Role = ChatCompletionRole.Assistant,
        ToolCalls = [.. toolCalls ?? throw new ArgumentNullException(nameof(toolCalls))],
    };

    /// <summary>Creates an assistant message from a response, including tool calls and reasoning.</summary>
    /// <param name="message">The message of a response. A message without a role is an assistant message.</param>
    public static ChatCompletionMessage FromAssistant(ChatCompletionResponseMessage message)
    {
        _ = message ?? throw new ArgumentNullException(nameof(message));
        return new ChatCompletionMessage
        {
            Role = string.IsNullOrWhiteSpace(message.Role?.Value) ? ChatCompletionRole.Assistant : message.Role!,
            Content = message.Content is { } text ? (ChatCompletionMessageContent)text : null,
            ToolCalls = message.ToolCalls is { Count: > 0 } calls ? [.. calls] : null,
            // It goes back under the name that it came with.
            _reasoning = message._reasoning,
        };
    }

    /// <summary>Creates a message with the result of a tool call.</summary>
    /// <param name="toolCallId">The ID of the tool call.</param>
    /// <param name="content">The result, often as JSON.</param>
    public static ChatCompletionMessage FromTool(string toolCallId, string content)
    {
        var message = Of(ChatCompletionRole.Tool, content);
        message.ToolCallId = toolCallId ?? throw new ArgumentNullException(nameof(toolCallId));
        return message;
    }

    private static ChatCompletionMessage Of(ChatCompletionRole role, ChatCompletionMessageContent content) => new()
    {
        Role = role,
        Content = content ?? throw new ArgumentNullException(nameof(content)),
    };
}
