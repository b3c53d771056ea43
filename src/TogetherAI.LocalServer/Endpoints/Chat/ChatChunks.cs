using System.Text;
using System.Text.Json;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>
/// The events of one stream. A piece of text is the event that nearly all of them are; what is the same in each of these
/// is encoded once.
/// </summary>
internal sealed class ChatChunks
{
    private readonly ServerSentEvents _events;
    private readonly ChatResult _result;
    private readonly string _head;
    private readonly byte[][] _textHeads;

    public ChatChunks(ServerSentEvents events, ChatResult result)
    {
        _events = events;
        _result = result;
        _head = WireJson.Invariant(
            $"data: {{\"id\":{WireJson.Quoted(result.Id)},\"object\":\"chat.completion.chunk\",\"created\":{result.Created},\"model\":{WireJson.Quoted(result.Request.Model)},\"choices\":[");
        _textHeads = [.. Enumerable.Range(0, result.Choices.Count).Select(choice => Encoding.UTF8.GetBytes($"{ChoiceHead(choice)}\""))];
    }

    public void WriteText(int choice, in Token token)
    {
        if (_result.Request.LogProbabilities)
        {
            var text = WireJson.Quoted(token.Text);
            WriteChoice($"{ChoiceHead(choice)}{text}}},\"text\":{text}", "null", WireJson.LogProbabilities(token));
            return;
        }

        var encoded = JsonEncodedText.Encode(token.Text, JsonStyle.Encoder).EncodedUtf8Bytes;
        _events.Write(_textHeads[choice]);
        _events.Write(encoded);
        _events.Write("\"},\"text\":\""u8);
        _events.Write(encoded);
        _events.Write("\",\"finish_reason\":null,\"logprobs\":null}],\"usage\":null}\n\n"u8);
    }

    public void WriteReasoning(int choice, in Token token)
        => WriteChoice($"{ChoiceHead(choice)}\"\",\"reasoning\":{WireJson.Quoted(token.Text)}}},\"text\":\"\"", "null");

    /// <summary>Begins a call of a tool, with no arguments yet.</summary>
    public void WriteCall(int choice, int index, ChatToolCall call)
        => WriteCall(choice, $"{{\"index\":{index},\"id\":{WireJson.Quoted(call.Id)},\"type\":\"function\",\"function\":{{\"name\":{WireJson.Quoted(call.Name)},\"arguments\":\"\"}}}}");

    public void WriteArguments(int choice, int index, in Token piece)
        => WriteCall(choice, $"{{\"index\":{index},\"id\":null,\"type\":null,\"function\":{{\"name\":null,\"arguments\":{WireJson.Quoted(piece.Text)}}}}}");

    public void WriteFinish(int choice, string reason)
        => WriteChoice($"{ChoiceHead(choice)}\"\"}},\"text\":\"\"", WireJson.Quoted(reason));

    public void WriteUsage(int contentTokens)
        => Write($"{_head}],\"usage\":{_result.Usage(contentTokens)}}}\n\n");

    // Up to the value of the content.
    private string ChoiceHead(int choice)
        => WireJson.Invariant($"{_head}{{\"index\":{choice},\"delta\":{{\"role\":\"assistant\",\"content\":");

    private void WriteCall(int choice, string call)
        => WriteChoice($"{ChoiceHead(choice)}\"\",\"tool_calls\":[{call}]}},\"text\":\"\"", "null");

    private void WriteChoice(string choice, string finishReason, string logProbabilities = "null")
        => Write($"{choice},\"finish_reason\":{finishReason},\"logprobs\":{logProbabilities}}}],\"usage\":null}}\n\n");

    private void Write(string text) => _events.Write(Encoding.UTF8.GetBytes(text));
}
