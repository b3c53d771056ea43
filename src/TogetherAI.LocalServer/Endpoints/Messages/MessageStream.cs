using System.Text.Json;
using TogetherAI.LocalServer.Endpoints.Chat;
using TogetherAI.LocalServer.Endpoints.Dialogs;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Messages;

/// <summary>Sends a message event by event, at the server's pace for each token.</summary>
internal sealed class MessageStream(DialogResult result)
{
    private int _contentTokens;
    private int _blocks;

    public async Task SendAsync(ServerSentEvents events, TokenBeat beat, CancellationToken cancellationToken)
    {
        foreach (var isToken in Steps(events))
        {
            if (isToken)
            {
                await beat.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            if (!await events.SendAsync(cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    // Each step writes one event, or a few that belong together.
    private IEnumerable<bool> Steps(ServerSentEvents events)
    {
        WriteStart(events);
        yield return false;
        if (result.ReasoningTokens > 0)
        {
            WriteBlock(events, static json => { json.WriteString("type", "thinking"); json.WriteString("thinking", ""); json.WriteString("signature", ""); });
            foreach (var token in result.Reasoning())
            {
                WriteDelta(events, "thinking_delta", "thinking", token.Text);
                yield return true;
            }

            WriteDelta(events, "signature_delta", "signature", MessageJson.Signature);
            WriteStop(events);
        }

        var reason = FinishReasons.Length;
        if (result.Calls.Count == 0)
        {
            WriteBlock(events, static json => { json.WriteString("type", "text"); json.WriteString("text", ""); });
            foreach (var (token, finishReason) in result.Content.Tokens())
            {
                _contentTokens++;
                reason = finishReason ?? reason;
                if (!token.IsSpecial)
                {
                    WriteDelta(events, "text_delta", "text", token.Text);
                    yield return true;
                }
            }

            WriteStop(events);
        }

        foreach (var call in result.Calls)
        {
            WriteCallStart(events, call);
            foreach (var piece in Tokenizer.Split(call.Arguments))
            {
                WriteDelta(events, "input_json_delta", "partial_json", piece.Text);
                yield return true;
            }

            WriteStop(events);
        }

        WriteEnd(events, reason);
        yield return false;
    }

    private void WriteStart(ServerSentEvents events)
    {
        var json = events.Begin("message_start");
        json.WriteStartObject("message");
        MessageJson.WriteHead(json, result);
        json.WriteStartArray("content");
        json.WriteEndArray();
        json.WriteNull("stop_reason");
        json.WriteNull("stop_sequence");
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", result.PromptTokens);
        json.WriteNumber("output_tokens", 0);
        json.WriteEndObject();
        json.WriteEndObject();
        events.End();
        events.Begin("ping");
        events.End();
    }

    private void WriteBlock(ServerSentEvents events, Action<Utf8JsonWriter> write)
    {
        var json = events.Begin("content_block_start");
        json.WriteNumber("index", _blocks);
        json.WriteStartObject("content_block");
        write(json);
        json.WriteEndObject();
        events.End();
    }

    private void WriteCallStart(ServerSentEvents events, ChatToolCall call)
    {
        var json = events.Begin("content_block_start");
        json.WriteNumber("index", _blocks);
        json.WritePropertyName("content_block");
        MessageJson.WriteCall(json, call, "{}");
        events.End();
    }

    private void WriteDelta(ServerSentEvents events, string type, string field, string text)
    {
        var json = events.Begin("content_block_delta");
        json.WriteNumber("index", _blocks);
        json.WriteStartObject("delta");
        json.WriteString("type", type);
        json.WriteString(field, text);
        json.WriteEndObject();
        events.End();
    }

    private void WriteStop(ServerSentEvents events)
    {
        events.Begin("content_block_stop").WriteNumber("index", _blocks++);
        events.End();
    }

    private void WriteEnd(ServerSentEvents events, string reason)
    {
        var json = events.Begin("message_delta");
        json.WriteStartObject("delta");
        MessageJson.WriteEnd(json, result, reason);
        json.WriteEndObject();
        MessageJson.WriteUsage(json, result, _contentTokens);
        events.End();
        events.Begin("message_stop");
        events.End();
    }
}
