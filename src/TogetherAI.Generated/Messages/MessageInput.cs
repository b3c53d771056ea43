namespace TogetherAI;

// Completes the generated type: each factory sets the role.
public sealed partial class MessageInput
{
    /// <summary>Says something to the assistant, or what its tools returned.</summary>
    /// <param name="content">A text, or blocks of text, images and results of tools.</param>
    public static MessageInput FromUser(MessageContent content) => Of(MessageRole.User, content);

    /// <summary>Repeats what the assistant said.</summary>
    /// <param name="content">What it said.</param>
    public static MessageInput FromAssistant(MessageContent content) => Of(MessageRole.Assistant, content);

    /// <summary>Repeats what a model responded, with what it thought and the tools that it called, unchanged and in order.</summary>
    /// <param name="response">The response. One without a role is the assistant's.</param>
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
