using Microsoft.Extensions.AI;
using TogetherAI;

using var client = new TogetherAIClient();

var request = new ChatCompletionRequest { Model = "any/model", Messages = [ChatCompletionMessage.FromUser("Why is the sky blue?")] };
await foreach (var token in client.Chat.StreamTokensAsync(request))
{
    Console.Write(token);
}

IChatClient chat = client.Chat.AsIChatClient("any/model");
Console.WriteLine((await chat.GetResponseAsync("Why is the sea blue?")).Text);
