using System.Diagnostics.CodeAnalysis;

namespace TogetherAI;

// Completes the generated type: what came can be sent back.
public sealed partial class ChatCompletionResponseMessage
{
    /// <summary>Converts the message to a request message, like <see cref="ToMessage"/>; null becomes null.</summary>
    /// <param name="message">The message of a response.</param>
    [return: NotNullIfNotNull(nameof(message))]
    public static implicit operator ChatCompletionMessage?(ChatCompletionResponseMessage? message) => message?.ToMessage();

    /// <summary>Converts the message to a request message, with its tool calls and reasoning.</summary>
    /// <returns>A new message. Its role is <c>assistant</c> if the response has none.</returns>
    public ChatCompletionMessage ToMessage() => ChatCompletionMessage.FromAssistant(this);
}
