using TogetherAI;
using TogetherAI.LocalServer;
using TogetherAI.Samples.Chat;

// Without a key, a mock server answers: it calls a tool first, and then makes up a text.
await using var server = Environment.GetEnvironmentVariable("TOGETHER_API_KEY") is null ? await TogetherAILocalServer.StartAsync() : null;
using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server?.Url });
var conversation = new Conversation(client.Chat, "openai/gpt-oss-120b", Console.Out);

Console.Write("> ");
while (Console.ReadLine() is { Length: > 0 } question)
{
    try
    {
        await conversation.AskAsync(question);
    }
    catch (TogetherAIException exception)
    {
        Console.WriteLine($"[{exception.Message}]");
    }

    Console.Write("\n> ");
}
