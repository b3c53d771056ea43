using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type: what came can be sent back.
public sealed partial class ChatCompletionResponseMessage
{
    /// <summary>
    /// Gets the reasoning by the JSON name under which it was received, such as <c>reasoning_content</c>; empty if there is none.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> ReasoningByName => _reasoning.Count == 0 ? ReasoningNames.None : ReasoningNames.TextsOf(_reasoning, Reasoning_0Name, Reasoning_1Name);

    /// <summary>Converts the message to a request message, like <see cref="ToMessage"/>; null becomes null.</summary>
    /// <param name="message">The message of a response.</param>
    [return: NotNullIfNotNull(nameof(message))]
    public static implicit operator ChatCompletionMessage?(ChatCompletionResponseMessage? message) => message?.ToMessage();

    /// <summary>Converts the message to a request message, with its tool calls and reasoning.</summary>
    /// <returns>A new message. Its role is <c>assistant</c> if the response has none.</returns>
    public ChatCompletionMessage ToMessage() => ChatCompletionMessage.FromAssistant(this);
}
