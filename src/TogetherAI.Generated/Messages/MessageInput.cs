namespace TogetherAI;

// Completes the generated type: each factory sets the role.
public sealed partial class MessageInput
{
    /// <summary>Creates a user message, which may contain tool results.</summary>
    /// <param name="content">A text, or blocks of text, images and results of tools.</param>
    public static MessageInput FromUser(MessageContent content) => Of(MessageRole.User, content);

    /// <summary>Creates an assistant message.</summary>
    /// <param name="content">The content of the message.</param>
    public static MessageInput FromAssistant(MessageContent content) => Of(MessageRole.Assistant, content);

    /// <summary>Creates an assistant message from a response, with its thinking and tool calls, unchanged and in order.</summary>
    /// <param name="response">The response. A response without a role is an assistant message.</param>
    public static MessageInput FromAssistant(MessageResponse response)
    {
        _ = response ?? throw new ArgumentNullException(nameof(response));
        var role = string.IsNullOrWhiteSpace(response.Role?.Value) ? MessageRole.Assistant : response.Role!;
        return Of(role, MessageContent.FromBlocks(response.Content));
    }

    private static MessageInput Of(MessageRole role, MessageContent content) => new()
    {
        Role = role,
        Content = content ?? throw new ArgumentNullException(nameof(content)),
    };
}
