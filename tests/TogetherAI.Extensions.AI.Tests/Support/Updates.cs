using Microsoft.Extensions.AI;

namespace TogetherAI.Extensions.AI.Tests.Support;

/// <summary>Reads streams and stores contents as programs do.</summary>
internal static class Updates
{
    public static async Task<List<ChatResponseUpdate>> ReadAsync(IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        var list = new List<ChatResponseUpdate>();
        await foreach (var update in updates)
        {
            list.Add(update);
        }

        return list;
    }

    /// <summary>Writes a message as JSON and reads it again, as a cache or a store of conversations does.</summary>
    public static ChatMessage Stored(ChatMessage message)
        => System.Text.Json.JsonSerializer.Deserialize<ChatMessage>(
            System.Text.Json.JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions),
            AIJsonUtilities.DefaultOptions)!;
}
