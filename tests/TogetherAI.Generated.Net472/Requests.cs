namespace TogetherAI.Net472;

/// <summary>Requests that the local server answers with texts long enough to be cut inside.</summary>
internal static class Requests
{
    public const string Prompt = "Write 40 words";

    public static InferenceRequest Inference => new() { Model = "org/model", Prompt = Prompt };

    public static ChatCompletionRequest Chat => new() { Model = "org/model", Messages = [ChatCompletionMessage.FromUser(Prompt)] };

    public static CompletionRequest Completion => new() { Model = "org/model", Prompt = Prompt };

    public static MessageRequest Message => new() { Model = "org/model", Messages = [MessageInput.FromUser(Prompt)], MaxTokens = 1000 };

    public static ResponseRequest Response => new() { Model = "org/model", Input = Prompt };

    public static SpeechRequest Speech => new() { Model = "org/model", Input = "Good evening.", Voice = "anyone", ResponseFormat = SpeechResponseFormat.Raw };

    /// <summary>Lets the server meet a request with a fault.</summary>
    public static TogetherAIRequestOptions Fault(string name) => new() { Headers = { ["x-local-fault"] = name } };

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    public static async Task<string> ReadTextAsync(this Task<Stream> opening)
    {
        using var reader = new StreamReader(await opening);
        return await reader.ReadToEndAsync();
    }

    public static async Task<byte[]> ReadBytesAsync(this Task<FileDownload> download)
    {
        using var file = await download;
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public static async Task<byte[]> ReadBytesAsync(this Task<Stream> opening)
    {
        using var stream = await opening;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
