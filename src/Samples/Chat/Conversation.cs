using System.Text.Json;

namespace TogetherAI.Samples.Chat;

/// <summary>A chat with a tool: text is written as it arrives, and calls of the tool are answered until the model is done.</summary>
internal sealed class Conversation(ITogetherAIChatClient client, string model, TextWriter output)
{
    // A model that calls tools without end must not run up a bill.
    private const int MaxRounds = 5;

    private readonly List<ChatCompletionMessage> _messages = [ChatCompletionMessage.FromSystem("Answer briefly. Use the tool to learn the time.")];

    private readonly ChatCompletionTool _tool = ChatCompletionTool.FromFunction("get_time", "The current time in a time zone.", """
        { "type": "object", "properties": { "zone": { "type": "string", "description": "An IANA time zone, such as Europe/Paris." } }, "required": ["zone"] }
        """);

    /// <summary>Asks one question.</summary>
    public async Task AskAsync(string question, CancellationToken cancellationToken = default)
    {
        // What fails leaves the conversation as it was.
        var messages = new List<ChatCompletionMessage>(_messages) { ChatCompletionMessage.FromUser(question) };
        for (var round = 0; round < MaxRounds; round++)
        {
            var reply = await ReadReplyAsync(messages, cancellationToken);
            messages.Add(reply);
            if (reply.ToolCalls is not { Count: > 0 } calls)
            {
                break;
            }

            foreach (var call in calls)
            {
                var result = Call(call.Function?.Arguments);
                await output.WriteLineAsync($"[{call.Function?.Name}({call.Function?.Arguments}) = {result}]");
                messages.Add(ChatCompletionMessage.FromTool(call.Id, result));
            }
        }

        _messages.Clear();
        _messages.AddRange(messages);
    }

    private async Task<ChatCompletionMessage> ReadReplyAsync(List<ChatCompletionMessage> messages, CancellationToken cancellationToken)
    {
        var response = new ChatCompletionAccumulator();
        await foreach (var chunk in client.StreamAsync(new ChatCompletionRequest(model, messages) { Tools = [_tool] }, cancellationToken))
        {
            await output.WriteAsync(chunk.Text);
            response.Add(chunk);
        }

        await output.WriteLineAsync();
        return response.ToMessage();
    }

    // Models make mistakes in arguments: they are told, instead of ending the program.
    private static string Call(string? arguments)
    {
        try
        {
            using var json = JsonDocument.Parse(arguments ?? "{}");
            return json.RootElement.TryGetProperty("zone", out var zone) && TimeZoneInfo.TryFindSystemTimeZoneById(zone.GetString() ?? "", out var found)
                ? $$"""{"time": "{{TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, found):HH:mm}}"}"""
                : """{"error": "There is no such time zone."}""";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return """{"error": "The arguments are not valid."}""";
        }
    }
}
