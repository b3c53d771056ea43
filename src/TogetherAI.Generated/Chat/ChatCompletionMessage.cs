namespace TogetherAI;

// Completes the generated type: each factory sets the fields that its role has.
public sealed partial class ChatCompletionMessage
{
    /// <summary>Says how the assistant shall behave.</summary>
    /// <param name="content">What to say.</param>
    public static ChatCompletionMessage FromSystem(string content) => Of(ChatCompletionRole.System, content);

    /// <summary>Says something to the assistant.</summary>
    /// <param name="content">A text, or parts of text, images, videos and audio files.</param>
    public static ChatCompletionMessage FromUser(ChatCompletionMessageContent content) => Of(ChatCompletionRole.User, content);

    /// <summary>Repeats what the assistant said.</summary>
    /// <param name="content">What it said.</param>
    public static ChatCompletionMessage FromAssistant(string content) => Of(ChatCompletionRole.Assistant, content);

    /// <summary>Repeats which tools the assistant wanted to be called.</summary>
    /// <param name="toolCalls">The calls, as the response had them.</param>
    public static ChatCompletionMessage FromAssistant(IEnumerable<ChatCompletionToolCall> toolCalls) => new()
    {
        Role = ChatCompletionRole.Assistant,
        ToolCalls = [.. toolCalls ?? throw new ArgumentNullException(nameof(toolCalls))],
    };

    /// <summary>Repeats what a model responded, tool calls and reasoning included.</summary>
    /// <param name="message">The message of a response. One without a role is the assistant's.</param>
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

    /// <summary>Says what a tool call returned.</summary>
    /// <param name="toolCallId">Id of the call.</param>
    /// <param name="content">What it returned, often as JSON.</param>
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
