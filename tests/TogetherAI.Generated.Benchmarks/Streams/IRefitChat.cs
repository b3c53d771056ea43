using System.Text.Json.Serialization;
using Refit;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>A chat as an interface of Refit. It takes the data of each event for a chunk, and does not know the end marker.</summary>
public interface IRefitChat
{
    [Post("/v1/chat/completions")]
    IAsyncEnumerable<RefitChunk> StreamAsync([Body] RefitRequest request);
}

/// <summary>The request.</summary>
public sealed record RefitRequest(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("messages")] IReadOnlyList<RefitMessage> Messages,
    [property: JsonPropertyName("stream")] bool Stream = true);

/// <summary>A message, or what a chunk adds to one.</summary>
public sealed record RefitMessage(
    [property: JsonPropertyName("role")] string Role,
    [property: JsonPropertyName("content")] string Content);

/// <summary>A chunk, with the fields that the chunks of <see cref="EventBodies.Chat"/> have.</summary>
public sealed record RefitChunk(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("created")] long Created,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("choices")] IReadOnlyList<RefitChoice> Choices);

/// <summary>A choice of a chunk.</summary>
public sealed record RefitChoice(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("delta")] RefitMessage Delta,
    [property: JsonPropertyName("finish_reason")] string? FinishReason);
