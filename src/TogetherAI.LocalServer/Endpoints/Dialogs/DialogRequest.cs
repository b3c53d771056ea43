using TogetherAI.LocalServer.Endpoints.Chat;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Dialogs;

/// <summary>What a conversation asks for, whatever the form of the API that it came in.</summary>
internal sealed record DialogRequest
{
    public required string Model { get; init; }

    public required bool Stream { get; init; }

    /// <summary>What has been said, with what the model is told before; never empty.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public required ChatTools Tools { get; init; }

    public required int MaxTokens { get; init; }

    /// <summary>Whether thinking is to be shown.</summary>
    public bool Reasons { get; init; }

    /// <summary>The JSON to respond with; null for text.</summary>
    public string? Format { get; init; }

    public IReadOnlyList<StopSequence> Stop { get; init; } = [];
}
