#if TOGETHER
using TogetherAI;
#elif OPENAI
using System.ClientModel;
using OpenAI;
using OpenAI.Chat;
#endif

// The address of a server; without a client, there is nothing to be asked.
var address = new Uri(args[0]);
#if TOGETHER
using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = address, ApiKey = "key" });
var request = new ChatCompletionRequest { Model = "org/model-70b", Messages = [ChatCompletionMessage.FromUser("Hi")], MaxTokens = 10 };
await foreach (var token in client.Chat.StreamTokensAsync(request))
{
    Console.Out.Write(token);
}
#elif OPENAI
var client = new ChatClient("org/model-70b", new ApiKeyCredential("key"), new OpenAIClientOptions { Endpoint = new Uri(address, "v1") });
await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("Hi")], new ChatCompletionOptions { MaxOutputTokenCount = 10 }))
{
    foreach (var part in update.ContentUpdate)
    {
        Console.Out.Write(part.Text);
    }
}
#elif HTTPCLIENT
using var http = new HttpClient();
using var body = new StringContent("""{"model":"org/model-70b","messages":[{"role":"user","content":"Hi"}],"max_tokens":10,"stream":true}""", System.Text.Encoding.UTF8, "application/json");
using var response = await http.PostAsync(new Uri(address, "v1/chat/completions"), body);
Console.Out.Write(await response.Content.ReadAsStringAsync());
#else
Console.Out.Write(address.Host);
#endif
Console.Out.WriteLine();
