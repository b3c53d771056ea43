using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Chat;

/// <summary>Makes the request of messages and options. What is set in a raw request takes precedence; nothing is dropped silently.</summary>
internal static class ChatRequests
{
    public static ChatCompletionRequest Create(IChatClient client, string? model, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        _ = messages ?? throw new ArgumentNullException(nameof(messages));
        var request = Provider.Raw<ChatCompletionRequest>(options?.RawRepresentationFactory?.Invoke(client))
            ?? new ChatCompletionRequest { Model = "", Messages = [] };
        request.Model = Provider.Model(request.Model, options?.ModelId, model);
        // The list of a raw request may be an array.
        request.Messages = [.. request.Messages ?? [], .. ChatMessages.Convert(options?.Instructions, messages)];
        if (options is not null)
        {
            RequireSupported(options);
            SetSampling(request, options);
            SetReasoning(request, options.Reasoning);
            ChatTools.Set(request, options);
            request.ResponseFormat ??= Format(options.ResponseFormat);
            AdditionalFields.Send(request.AdditionalProperties, options.AdditionalProperties, nameof(ChatOptions));
        }

        RequireOneChoice(request);
        return request;
    }

    private static void RequireSupported(ChatOptions options)
    {
        if (!string.IsNullOrEmpty(options.ConversationId))
        {
            throw new NotSupportedException("ChatOptions.ConversationId is not supported: the API keeps no conversations. Send all messages with each request.");
        }

#pragma warning disable MEAI001 // It must be refused, however experimental it is.
        if (options.ContinuationToken is not null)
#pragma warning restore MEAI001
        {
            throw new NotSupportedException("ChatOptions.ContinuationToken is not supported: the API cannot continue an earlier response. Send a new request.");
        }
    }

    // The response of this interface is one conversation, so a second choice would be lost or taken for a second message.
    private static void RequireOneChoice(ChatCompletionRequest request)
    {
        if (request.Count > 1 || (request.AdditionalProperties.TryGetValue("n", out var count) && count is JValue { Value: not (null or 1L) }))
        {
            throw new NotSupportedException("A ChatResponse has a single choice. To generate several, use ITogetherAIChatClient.");
        }
    }

    private static void SetSampling(ChatCompletionRequest request, ChatOptions options)
    {
        request.Temperature ??= ToDouble(options.Temperature);
        request.TopP ??= ToDouble(options.TopP);
        request.TopK ??= options.TopK;
        request.MaxTokens ??= options.MaxOutputTokens;
        request.FrequencyPenalty ??= ToDouble(options.FrequencyPenalty);
        request.PresencePenalty ??= ToDouble(options.PresencePenalty);
        request.Seed ??= options.Seed;
        request.Stop ??= options.StopSequences switch
        {
            null or { Count: 0 } => null,
            { Count: 1 } stop => TextOrTexts.FromText(stop[0]),
            var stop => TextOrTexts.FromTexts(stop),
        };
    }

    private static double? ToDouble(float? number) => number is { } value ? JsonConversion.ToDouble(value) : null;

    private static void SetReasoning(ChatCompletionRequest request, ReasoningOptions? reasoning)
    {
        switch (reasoning?.Effort)
        {
            case null:
                break;
            case ReasoningEffort.None:
                request.Reasoning ??= new ChatCompletionReasoning { Enabled = false };
                break;
            case ReasoningEffort.Low:
                request.ReasoningEffort ??= ChatCompletionReasoningEffort.Low;
                break;
            case ReasoningEffort.Medium:
                request.ReasoningEffort ??= ChatCompletionReasoningEffort.Medium;
                break;
            case ReasoningEffort.High:
                request.ReasoningEffort ??= ChatCompletionReasoningEffort.High;
                break;
            case ReasoningEffort.ExtraHigh:
                request.ReasoningEffort ??= ChatCompletionReasoningEffort.ExtraHigh;
                break;
            default:
                throw new NotSupportedException($"ChatOptions.Reasoning.Effort {reasoning.Effort} is not supported. Set ChatCompletionRequest.ReasoningEffort in RawRepresentationFactory.");
        }
    }

    private static ChatCompletionResponseFormat? Format(ChatResponseFormat? format) => format switch
    {
        null => null,
        ChatResponseFormatText => ChatCompletionResponseFormat.FromText(),
        ChatResponseFormatJson { Schema: { } schema } json => WithDescription(ChatCompletionResponseFormat.FromJsonSchema(SchemaName(json.SchemaName), JsonConversion.ToToken(schema)), json.SchemaDescription),
        ChatResponseFormatJson => ChatCompletionResponseFormat.FromJsonObject(),
        _ => throw new NotSupportedException($"ChatOptions.ResponseFormat {format.GetType().Name} is not supported. Set ChatCompletionRequest.ResponseFormat in RawRepresentationFactory."),
    };

    private static ChatCompletionResponseFormat WithDescription(ChatCompletionResponseFormat format, string? description)
    {
        format.JsonSchema!.Description = description;
        return format;
    }

    private static string SchemaName(string? name) => ApiName.From(name) ?? "response";
}
