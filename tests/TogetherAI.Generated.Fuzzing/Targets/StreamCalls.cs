namespace TogetherAI.Fuzzing.Targets;

/// <summary>A streaming operation, called in each of its ways.</summary>
internal abstract class StreamCalls
{
    /// <summary>Every streaming operation by its name.</summary>
    public static IReadOnlyDictionary<string, StreamCalls> All(TogetherAIClient client) => new Dictionary<string, StreamCalls>
    {
        ["inference"] = new StreamCalls<InferenceChunk>(
            () => client.Inference.StreamAsync(new InferenceRequest("m", "p")),
            () => client.Inference.StreamTokensAsync(new InferenceRequest("m", "p")),
            () => client.Inference.StreamBytesAsync(new InferenceRequest("m", "p")),
            static chunk => OnlyChoice(chunk.Choices, static choice => choice?.Text)),
        ["chat"] = new StreamCalls<ChatCompletionChunk>(
            () => client.Chat.StreamAsync(new ChatCompletionRequest("m", [ChatCompletionMessage.FromUser("p")])),
            () => client.Chat.StreamTokensAsync(new ChatCompletionRequest("m", [ChatCompletionMessage.FromUser("p")])),
            () => client.Chat.StreamBytesAsync(new ChatCompletionRequest("m", [ChatCompletionMessage.FromUser("p")])),
            static chunk => OnlyChoice(chunk.Choices, static choice => choice?.Delta?.Content)),
        ["completions"] = new StreamCalls<CompletionChunk>(
            () => client.Completions.StreamAsync(new CompletionRequest("m", "p")),
            () => client.Completions.StreamTokensAsync(new CompletionRequest("m", "p")),
            () => client.Completions.StreamBytesAsync(new CompletionRequest("m", "p")),
            static chunk => chunk.Choices.Count > 1 ? null : chunk.Text ?? ""),
        ["messages"] = new StreamCalls<MessageChunk>(
            () => client.Messages.StreamAsync(new MessageRequest("m", [MessageInput.FromUser("p")], 1)),
            () => client.Messages.StreamTokensAsync(new MessageRequest("m", [MessageInput.FromUser("p")], 1)),
            () => client.Messages.StreamBytesAsync(new MessageRequest("m", [MessageInput.FromUser("p")], 1)),
            static chunk => chunk.Type?.Value switch
            {
                "content_block_start" => chunk.ContentBlock?.Text ?? "",
                "content_block_delta" => chunk.Delta?.Text ?? "",
                _ => "",
            }),
        ["responses"] = new StreamCalls<ResponseChunk>(
            () => client.Responses.StreamAsync(new ResponseRequest("m", "p")),
            () => client.Responses.StreamTokensAsync(new ResponseRequest("m", "p")),
            () => client.Responses.StreamBytesAsync(new ResponseRequest("m", "p")),
            static chunk => chunk.Text ?? ""),
        ["speech"] = new StreamCalls<SpeechChunk>(
            () => client.Audio.StreamSpeechAsync(new SpeechRequest("m", "p", "v")),
            null,
            () => client.Audio.StreamSpeechBytesAsync(new SpeechRequest("m", "p", "v")),
            static _ => ""),
    };

    /// <summary>The type of its events.</summary>
    public abstract JsonType Chunk { get; }

    /// <summary>Whether it gives texts too.</summary>
    public abstract bool HasTokens { get; }

    /// <summary>Its chunks, each with the text that it adds.</summary>
    /// <returns>The chunks as JSON; the texts, null where a chunk has several choices, of which the first one of the stream counts.</returns>
    public abstract Task<(StreamOutcome Chunks, IReadOnlyList<string?> Texts)> ChunksAsync();

    /// <summary>Its texts.</summary>
    public abstract Task<StreamOutcome> TokensAsync();

    /// <summary>Its bytes.</summary>
    public abstract Task<(byte[] Bytes, TogetherAIStreamFailure? Failure)> BytesAsync();

    private static string? OnlyChoice<T>(IReadOnlyList<T> choices, Func<T, string?> text) => choices.Count switch
    {
        0 => "",
        1 => text(choices[0]) ?? "",
        _ => null,
    };
}

/// <summary>The same with the type of its events.</summary>
internal sealed class StreamCalls<TChunk>(
    Func<IAsyncEnumerable<TChunk>> chunks,
    Func<IAsyncEnumerable<string>>? tokens,
    Func<Task<Stream>> bytes,
    Func<TChunk, string?> text) : StreamCalls
    where TChunk : class
{
    public override JsonType Chunk { get; } = new JsonType<TChunk>();

    public override bool HasTokens => tokens is not null;

    public override async Task<(StreamOutcome Chunks, IReadOnlyList<string?> Texts)> ChunksAsync()
    {
        var texts = new List<string?>();
        var outcome = await OutcomeAsync(chunks(), chunk =>
        {
            texts.Add(text(chunk));
            return JsonType.Write(chunk) ?? "unwritable";
        });
        return (outcome, texts);
    }

    public override Task<StreamOutcome> TokensAsync() => OutcomeAsync(tokens!(), static token => token);

    public override async Task<(byte[] Bytes, TogetherAIStreamFailure? Failure)> BytesAsync()
    {
        using var received = new MemoryStream();
        try
        {
            await using var stream = await bytes();
            await stream.CopyToAsync(received);
            return (received.ToArray(), null);
        }
        catch (TogetherAIStreamException exception)
        {
            return (received.ToArray(), exception.Failure);
        }
    }

    private static async Task<StreamOutcome> OutcomeAsync<T>(IAsyncEnumerable<T> stream, Func<T, string> textOf)
    {
        var values = new List<string>();
        try
        {
            await foreach (var value in stream)
            {
                values.Add(textOf(value));
            }
        }
        catch (TogetherAIStreamException exception)
        {
            return new StreamOutcome(values, exception.Failure);
        }

        return new StreamOutcome(values, null);
    }
}
