using Microsoft.Extensions.AI;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Chat;

/// <summary>
/// Converts the chunks of one stream. Text and reasoning are passed on as they come. What only the whole stream tells is in the last
/// updates: tool calls and refusal in one of the message, usage, finish reason and additional properties in one of the response.
/// </summary>
/// <remarks>
/// Readers add up the usage of all updates, so exactly one may have it. They take additional properties of an update with
/// a message ID for those of the message, which are sent back, and others for those of the response.
/// </remarks>
internal sealed class ChatUpdates(ReasoningOutput? reasoning)
{
    private readonly ChatCompletionAccumulator _whole = new();
    private string? _id;
    private string? _messageId;
    private string? _model;
    private DateTimeOffset? _created;
    private ChatRole? _role;
    private int? _index;

    public ChatResponseUpdate Add(ChatCompletionChunk chunk)
    {
        _whole.Add(chunk);
        // Readers begin another message where the ID changes, which some servers do with every chunk.
        _id ??= Provider.NullIfEmpty(chunk.Id);
        _messageId ??= ChatResponses.MessageIdOf(chunk.Id);
        _model ??= Provider.NullIfEmpty(chunk.Model);
        _created ??= chunk.Created;
        var delta = ChoiceOf(chunk)?.Delta;
        _role ??= string.IsNullOrWhiteSpace(delta?.Role?.Value) ? null : ChatResponses.RoleOf(delta!.Role);
        var update = Create(chunk, _messageId);
        AddContents(update, delta);
        return update;
    }

    /// <summary>Returns the last updates, once the stream has completed.</summary>
    public IEnumerable<ChatResponseUpdate> Complete()
    {
        var response = _whole.ToResponse();
        var choice = ChatResponses.FirstChoice(response);
        var ofMessage = OfMessage(choice.Message);
        if (ofMessage.Contents.Count > 0 || ofMessage.AdditionalProperties is not null)
        {
            yield return ofMessage;
        }

        var ofResponse = Create(response, messageId: null);
        ofResponse.FinishReason = ChatResponses.FinishReasonOf(choice.FinishReason);
        ofResponse.AdditionalProperties = ChatResponses.PropertiesOf(response, choice);
        if (UsageMapping.ToDetails(response.Usage) is { } usage)
        {
            ofResponse.Contents.Add(new UsageContent(usage) { RawRepresentation = response.Usage });
        }

        yield return ofResponse;
    }

    private ChatResponseUpdate Create(object? raw, string? messageId) => new()
    {
        Role = _role ?? ChatRole.Assistant,
        ResponseId = _id,
        MessageId = messageId,
        ModelId = _model,
        CreatedAt = _created,
        RawRepresentation = raw,
    };

    private ChatResponseUpdate OfMessage(ChatCompletionResponseMessage? message)
    {
        var update = Create(message, _messageId);
        if (message is not null)
        {
            update.AdditionalProperties = AdditionalFields.Add(null, message.AdditionalProperties);
        }

        if (!string.IsNullOrEmpty(message?.Refusal))
        {
            update.Contents.Add(ChatResponses.Refusal(message!.Refusal!));
        }

        foreach (var call in ToolCalls.ToContents(message))
        {
            update.Contents.Add(call);
        }

        return update;
    }

    private void AddContents(ChatResponseUpdate update, ChatCompletionDelta? delta)
    {
        if (delta is null)
        {
            return;
        }

        if (reasoning != ReasoningOutput.None)
        {
            foreach (var content in ReasoningFields.ToContents(delta.ReasoningByName, delta))
            {
                update.Contents.Add(content);
            }
        }

        if (!string.IsNullOrEmpty(delta.Content))
        {
            update.Contents.Add(new TextContent(delta.Content) { RawRepresentation = delta });
        }
    }

    // One choice was asked for; of a server that sends more, all updates have the same one.
    private ChatCompletionChunkChoice? ChoiceOf(ChatCompletionChunk chunk)
    {
        for (var position = 0; position < chunk.Choices.Count; position++)
        {
            if (chunk.Choices[position] is { } choice && (choice.Index ?? position) == (_index ??= choice.Index ?? position))
            {
                return choice;
            }
        }

        return null;
    }
}
