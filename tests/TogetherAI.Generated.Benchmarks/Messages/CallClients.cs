using Microsoft.Extensions.AI;
using Newtonsoft.Json;
using OpenAI.Chat;
using TogetherAI.Benchmarks.Streams;

namespace TogetherAI.Benchmarks.Messages;

/// <summary>The clients that make the same whole call of a chat, and the floor: HttpClient with bodies that are not looked at.</summary>
internal sealed class CallClients
{
    private static readonly Uri Address = new(Clients.Address, "v1/chat/completions");

    private readonly HttpClient _http;
    private readonly byte[] _json;
    private readonly string _prompt;
    private readonly TogetherAIClient _together;
    private readonly ChatClient _openAI;
    private readonly IChatClient _togetherExtensionsAI;
    private readonly IChatClient _openAIExtensionsAI;

    public CallClients(string prompt, byte[] response)
    {
        var server = new MemoryServer(response, "application/json");
        _prompt = prompt;
        _json = System.Text.Encoding.UTF8.GetBytes($$$"""{"model":"{{{Clients.Model}}}","messages":[{"role":"user","content":{{{JsonConvert.ToString(prompt)}}}}]}""");
        _http = new HttpClient(server);
        _together = Clients.Together(server);
        _openAI = Clients.OpenAI(server);
        _togetherExtensionsAI = _together.Chat.AsIChatClient(Clients.Model);
        _openAIExtensionsAI = _openAI.AsIChatClient();
    }

    public Task<int> Floor() => Streams.Floor.CallAsync(_http, Address, _json);

    public async Task<int> Together()
    {
        var request = new ChatCompletionRequest { Model = Clients.Model, Messages = [ChatCompletionMessage.FromUser(_prompt)] };
        return (await _together.Chat.CompleteAsync(request).ConfigureAwait(false)).Choices.Count;
    }

    public async Task<int> OpenAI()
        => (await _openAI.CompleteChatAsync(new UserChatMessage(_prompt)).ConfigureAwait(false)).Value.Content.Count;

    public Task<int> TogetherExtensionsAI() => CountAsync(_togetherExtensionsAI);

    public Task<int> OpenAIExtensionsAI() => CountAsync(_openAIExtensionsAI);

    private async Task<int> CountAsync(IChatClient client)
        => (await client.GetResponseAsync(_prompt).ConfigureAwait(false)).Messages.Count;
}
