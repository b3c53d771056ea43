using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>What the stand-in makes use of in a request that has been checked.</summary>
internal sealed class ChatParameters
{
    private const int DefaultMaxTokens = 512;

    private ChatParameters(JsonFields fields)
    {
        Model = fields.Text("model");
        Messages = [.. fields.Items("messages").Select(ChatMessage.Read)];
        MaxTokens = fields.Integer("max_tokens", DefaultMaxTokens);
        Results = fields.Integer("n", 1);
        Seed = fields.Long("seed", 0);
        Echo = fields.Flag("echo");
        Stream = fields.Flag("stream");
        LogProbabilities = fields.Integer("logprobs", 0) > 0;
        Stop = fields.Texts("stop");
        Reasons = fields["reasoning_effort"] is not null || IsEnabled(fields["reasoning"]);
        Format = ChatFormat.Read(fields["response_format"]);
        Tools = ChatTools.Read(fields);
    }

    public string Model { get; }

    public IReadOnlyList<ChatMessage> Messages { get; }

    public int MaxTokens { get; }

    public int Results { get; }

    public long Seed { get; }

    public bool Echo { get; }

    public bool Stream { get; }

    public bool LogProbabilities { get; }

    public IReadOnlyList<string> Stop { get; }

    /// <summary>Whether thinking is to be shown.</summary>
    public bool Reasons { get; }

    /// <summary>The JSON to answer with; null for text.</summary>
    public string? Format { get; }

    public ChatTools Tools { get; }

    public string Prompt => Messages[^1].Text;

    /// <summary>Checks a request against the documented rules.</summary>
    public static ChatParameters Read(JsonElement body)
    {
        var fields = JsonFields.Read<ChatCompletionRequest>(body);
        fields.RequireNotEmpty("model");
        SamplingRules.Require(fields);
        fields.RequireWord("context_length_exceeded_behavior", "truncate", "error");
        fields.RequireWord("reasoning_effort", "low", "medium", "high");
        if (fields.Items("messages").Count == 0)
        {
            throw ApiErrorException.Invalid("messages must not be empty.", "messages");
        }

        return new ChatParameters(fields);
    }

    private static bool IsEnabled(JsonElement? reasoning)
        => reasoning is { ValueKind: JsonValueKind.Object } value
        && value.TryGetProperty("enabled", out var enabled)
        && enabled.ValueKind == JsonValueKind.True;
}
