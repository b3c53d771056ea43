using System.Diagnostics.CodeAnalysis;

namespace TogetherAI;

// Completes the generated type: what came can be sent back.
public sealed partial class ChatCompletionResponseMessage
{
    /// <summary>Converts the message to one that can be sent, as <see cref="ToMessage"/> does; null to null.</summary>
    /// <param name="message">The message of a response.</param>
    [return: NotNullIfNotNull(nameof(message))]
    public static implicit operator ChatCompletionMessage?(ChatCompletionResponseMessage? message) => message?.ToMessage();

    /// <summary>Converts the message to one that can be sent, with its tool calls and its reasoning.</summary>
    /// <returns>A new message. Its role is <c>assistant</c> where the response has none.</returns>
    public ChatCompletionMessage ToMessage() => ChatCompletionMessage.FromAssistant(this);
}
