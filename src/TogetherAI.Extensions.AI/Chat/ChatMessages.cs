using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Chat;

/// <summary>The messages of a request.</summary>
internal static class ChatMessages
{
    public static IEnumerable<ChatCompletionMessage> Convert(string? instructions, IEnumerable<ChatMessage> messages)
    {
        if (!string.IsNullOrEmpty(instructions))
        {
            yield return ChatCompletionMessage.FromSystem(instructions!);
        }

        foreach (var message in messages)
        {
            foreach (var converted in Convert(message ?? throw new ArgumentException("A message is null.", nameof(messages))))
            {
                yield return converted;
            }
        }
    }

    // The API has a message for each result.
    private static IEnumerable<ChatCompletionMessage> Convert(ChatMessage message)
    {
        if (message.RawRepresentation is ChatCompletionMessage raw)
        {
            yield return raw;
            yield break;
        }

        var results = message.Contents.OfType<FunctionResultContent>().ToList();
        foreach (var result in results)
        {
            var converted = ChatCompletionMessage.FromTool(result.CallId, FunctionResults.ToText(result));
            AdditionalFields.CopyTo(converted.AdditionalProperties, result.AdditionalProperties);
            yield return converted;
        }

        var contents = message.Contents.Where(static content => content is not (FunctionResultContent or UsageContent)).ToList();
        if (contents.Count > 0 || results.Count == 0)
        {
            yield return WithAuthor(message.Role == ChatRole.Assistant ? Assistant(contents) : Other(message.Role, contents), message);
        }
    }

    private static ChatCompletionMessage WithAuthor(ChatCompletionMessage converted, ChatMessage message)
    {
        converted.Name = ApiName.From(message.AuthorName);
        AdditionalFields.CopyTo(converted.AdditionalProperties, message.AdditionalProperties);
        return converted;
    }

    private static ChatCompletionMessage Other(ChatRole role, List<AIContent> contents)
    {
        var message = new ChatCompletionMessage { Role = role.Value };
        if (role == ChatRole.User && !IsPlainText(contents))
        {
            message.Content = ChatCompletionMessageContent.FromParts(contents.Select(ContentParts.Convert));
        }
        else
        {
            message.Content = string.Concat(contents.Select(content => (content as TextContent ?? throw Unsupported(content, role)).Text));
        }

        return message;
    }

    private static bool IsPlainText(List<AIContent> contents)
        => contents.Count == 0 || (contents.Count == 1 && contents[0] is TextContent { AdditionalProperties: null or { Count: 0 } });

    private static ChatCompletionMessage Assistant(List<AIContent> contents)
    {
        var message = new ChatCompletionMessage { Role = ChatCompletionRole.Assistant };
        var reasoning = new ReasoningFields();
        string? text = null;
        foreach (var content in contents)
        {
            switch (content)
            {
                case TextReasoningContent thought:
                    reasoning.Add(thought);
                    break;
                case TextContent part:
                    text += part.Text;
                    break;
                case FunctionCallContent call:
                    (message.ToolCalls ??= []).Add(ToolCalls.ToToolCall(call, message.ToolCalls.Count));
                    break;
                case ErrorContent { ErrorCode: ChatResponses.RefusalCode } refusal:
                    message.AdditionalProperties["refusal"] = new JValue(refusal.Message);
                    break;
                default:
                    throw Unsupported(content, ChatRole.Assistant);
            }
        }

        // A message of tool calls alone has no content.
        message.Content = text ?? (message.ToolCalls is null ? "" : null);
        reasoning.CopyTo(message);
        return message;
    }

    private static NotSupportedException Unsupported(AIContent content, ChatRole role)
        => new($"{content.GetType().Name} is not supported in a message with the role {role.Value}. Remove it, or replace it with text.");
}
