using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Chat;

/// <summary>Converts a whole response.</summary>
internal static class ChatResponses
{
    /// <summary>The code of the error content that has the reason for a refusal, as in other providers.</summary>
    public const string RefusalCode = "Refusal";

    public static ChatResponse Create(ChatCompletionResponse response, ReasoningOutput? reasoning)
    {
        var choice = FirstChoice(response);
        return new ChatResponse(Message(response, choice.Message, reasoning))
        {
            ResponseId = response.Id,
            ModelId = response.Model,
            CreatedAt = response.Created,
            FinishReason = FinishReasonOf(choice.FinishReason),
            Usage = UsageMapping.ToDetails(response.Usage),
            RawRepresentation = response,
            AdditionalProperties = PropertiesOf(response, choice),
        };
    }

    /// <summary>Returns the choice with the lowest index.</summary>
    /// <exception cref="TogetherAIInvalidResponseException">There is none.</exception>
    public static ChatCompletionChoice FirstChoice(ChatCompletionResponse response)
        => response.Choices.Where(static choice => choice is not null).OrderBy(static choice => choice.Index ?? 0).FirstOrDefault()
            ?? throw new TogetherAIInvalidResponseException("The response has no choices. Check that the address is that of a chat completion API.");

    public static ChatFinishReason? FinishReasonOf(FinishReason? reason)
        => reason is null || reason.Value.Length == 0 ? null
            : reason == FinishReason.Stop || reason == FinishReason.EndOfSequence ? ChatFinishReason.Stop
            : reason == FinishReason.Length ? ChatFinishReason.Length
            : reason == FinishReason.ToolCalls || reason == FinishReason.FunctionCall ? ChatFinishReason.ToolCalls
            : new ChatFinishReason(reason.Value);

    /// <summary>Returns what a response and its choice have beside the properties of a <see cref="ChatResponse"/>, by JSON name.</summary>
    public static AdditionalPropertiesDictionary? PropertiesOf(ChatCompletionResponse response, ChatCompletionChoice choice)
    {
        var properties = AdditionalFields.Add(null, response.AdditionalProperties);
        properties = AdditionalFields.Add(properties, choice.AdditionalProperties);
        properties = AdditionalFields.Add(properties, "system_fingerprint", response.SystemFingerprint);
        properties = AdditionalFields.Add(properties, "service_tier", response.ServiceTier);
        properties = AdditionalFields.Add(properties, "metadata", response.Metadata);
        properties = AdditionalFields.Add(properties, "seed", choice.Seed is { } seed ? Seed(seed) : null);
        return AdditionalFields.Add(properties, "warnings", response.Warnings is { Count: > 0 } warnings ? new JArray(warnings.Select(static warning => warning.Message)) : null);
    }

    /// <summary>Returns the ID of a message: that of its response, or a new one, since programs tell messages apart by it.</summary>
    public static string MessageIdOf(string? responseId) => string.IsNullOrEmpty(responseId) ? Guid.NewGuid().ToString("N") : responseId!;

    // Seeds are whole numbers, some beyond 64 bits.
    private static JValue Seed(decimal seed) => seed == decimal.Truncate(seed) ? new JValue((System.Numerics.BigInteger)seed) : new JValue(seed);

    private static ChatMessage Message(ChatCompletionResponse response, ChatCompletionResponseMessage? message, ReasoningOutput? reasoning)
        => new(RoleOf(message?.Role), [.. Contents(message, reasoning)])
        {
            MessageId = MessageIdOf(response.Id),
            CreatedAt = response.Created,
            RawRepresentation = message,
            AdditionalProperties = message is null ? null : AdditionalFields.Add(null, message.AdditionalProperties),
        };

    public static ChatRole RoleOf(ChatCompletionRole? role) => string.IsNullOrWhiteSpace(role?.Value) ? ChatRole.Assistant : new ChatRole(role!.Value);

    public static ErrorContent Refusal(string refusal) => new(refusal) { ErrorCode = RefusalCode };

    private static IEnumerable<AIContent> Contents(ChatCompletionResponseMessage? message, ReasoningOutput? reasoning)
    {
        if (message is null)
        {
            yield break;
        }

        if (reasoning != ReasoningOutput.None)
        {
            foreach (var content in ReasoningFields.ToContents(message.ReasoningByName, message))
            {
                yield return content;
            }
        }

        if (!string.IsNullOrEmpty(message.Content))
        {
            yield return new TextContent(message.Content) { RawRepresentation = message };
        }

        if (!string.IsNullOrEmpty(message.Refusal))
        {
            yield return Refusal(message.Refusal!);
        }

        foreach (var call in ToolCalls.ToContents(message))
        {
            yield return call;
        }
    }
}
