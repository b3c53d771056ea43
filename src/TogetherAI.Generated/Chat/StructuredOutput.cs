using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TogetherAI;

/// <summary>The format that asks for a value of a type, and the reading of that value from a response.</summary>
internal sealed class StructuredOutput<T>(JsonTypeInfo<T> typeInfo)
{
    private const string ThoughtStart = "<think>";
    private const string ThoughtEnd = "</think>";

    private readonly StructuredOutputSchema _schema = StructuredOutputSchema.Of(typeInfo);

    public ChatCompletionResponseFormat Format => ChatCompletionResponseFormat.FromJsonSchema(_schema.Name, _schema.Json, strict: true);

    /// <exception cref="TogetherAIStructuredOutputException">The response has no such value.</exception>
    public T Read(ChatCompletionResponse response)
    {
        var choice = ChoiceList.Lowest(response.Choices, static choice => choice.Index);
        if (FaultOf(choice) is { } fault)
        {
            throw Failure(fault, response, choice);
        }

        try
        {
            return Parse(WithoutThought(choice!.Message!.Content!)) ?? throw Failure("it is null", response, choice);
        }
        catch (JsonException exception)
        {
            throw Failure("its text is not JSON of this type. See Response for the text", response, choice, exception);
        }
    }

    private static string? FaultOf(ChatCompletionChoice? choice)
    {
        var message = choice?.Message;
        var reason = choice?.FinishReason?.Value;
        return choice is null ? "it has no choices"
            : reason == FinishReason.Values.Length ? "it was cut off at the maximum number of tokens. Increase MaxTokens"
            : reason == "content_filter" ? "it was cut off by a content filter. Change the messages"
            : !string.IsNullOrEmpty(message?.Refusal) ? "the model refused. See Response for the reason"
            : ChoiceForm.HasToolCalls(message) || reason is FinishReason.Values.ToolCalls or FinishReason.Values.FunctionCall ? "it has tool calls. Send their results with the next request, or remove the tools"
            : string.IsNullOrWhiteSpace(message?.Content) ? "it has no text"
            : null;
    }

    private static TogetherAIStructuredOutputException Failure(string fault, ChatCompletionResponse response, ChatCompletionChoice? choice, Exception? cause = null)
        => new($"The response does not contain a {typeof(T).Name}: {fault}.", cause)
        {
            Response = response,
            FinishReason = choice?.FinishReason,
            RequestId = response.Id,
        };

    // Some models write what they thought before the JSON.
    private static string WithoutThought(string text)
    {
        var start = text.TrimStart();
        var end = start.StartsWith(ThoughtStart, StringComparison.Ordinal) ? start.IndexOf(ThoughtEnd, StringComparison.Ordinal) : -1;
        return end < 0 ? text : start.Substring(end + ThoughtEnd.Length);
    }

    private T? Parse(string json)
    {
        if (!_schema.IsWrapped)
        {
            return JsonSerializer.Deserialize(json, typeInfo);
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(StructuredOutputSchema.Wrapper, out var value)
            ? value.Deserialize(typeInfo)
            : throw new JsonException($"The JSON is not an object with the property '{StructuredOutputSchema.Wrapper}'.");
    }
}
