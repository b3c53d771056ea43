using System.Text.Json;
using TogetherAI.LocalServer.Endpoints.Dialogs;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Responses;

/// <summary>Sends a response event by event, at the server's pace for each token.</summary>
internal sealed class ResponseStream(DialogResult result)
{
    private int _sequence;
    private int _items;

    public async Task SendAsync(ServerSentEvents events, TokenBeat beat, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "response.created", "response.in_progress" })
        {
            ResponseJson.WriteBeginning(BeginNamed(events, name, "response"), result);
            events.End();
        }

        await SendAsync(events, cancellationToken).ConfigureAwait(false);
        if (result.ReasoningTokens > 0)
        {
            await SendReasoningAsync(events, beat, cancellationToken).ConfigureAwait(false);
        }

        var summary = new GenerationSummary(0, FinishReasons.Length);
        if (result.Calls.Count == 0)
        {
            summary = await SendMessageAsync(events, beat, cancellationToken).ConfigureAwait(false);
        }

        for (var index = 0; index < result.Calls.Count; index++)
        {
            await SendCallAsync(index, events, beat, cancellationToken).ConfigureAwait(false);
        }

        BeginNamed(events, $"response.{ResponseJson.StatusOf(result, summary.FinishReason)}", "response");
        await ResponseJson.WriteEndAsync(events, result, summary).ConfigureAwait(false);
        await EndAsync(events, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendReasoningAsync(ServerSentEvents events, TokenBeat beat, CancellationToken cancellationToken)
    {
        var id = ResponseItemJson.ReasoningId(result);
        BeginItem(events, "response.output_item.added");
        await ResponseItemJson.WriteReasoningAsync(events, result, isWhole: false).ConfigureAwait(false);
        events.End();
        BeginPart(events, "response.content_part.added", id).WritePropertyName("part");
        await ResponseItemJson.WriteReasoningPartAsync(events, []).ConfigureAwait(false);
        events.End();
        foreach (var token in result.Reasoning())
        {
            BeginPart(events, "response.reasoning_text.delta", id).WriteString("delta", token.Text);
            await EndAsync(events, beat, cancellationToken).ConfigureAwait(false);
        }

        BeginPart(events, "response.reasoning_text.done", id).WritePropertyName("text");
        await events.WriteTextAsync(ResponseItemJson.TextOf(result)).ConfigureAwait(false);
        events.End();
        BeginPart(events, "response.content_part.done", id).WritePropertyName("part");
        await ResponseItemJson.WriteReasoningPartAsync(events, ResponseItemJson.TextOf(result)).ConfigureAwait(false);
        events.End();
        BeginItem(events, "response.output_item.done");
        await ResponseItemJson.WriteReasoningAsync(events, result, isWhole: true).ConfigureAwait(false);
        await EndItemAsync(events, cancellationToken).ConfigureAwait(false);
    }

    private async Task<GenerationSummary> SendMessageAsync(ServerSentEvents events, TokenBeat beat, CancellationToken cancellationToken)
    {
        var id = ResponseItemJson.MessageId(result);
        BeginItem(events, "response.output_item.added");
        await ResponseItemJson.WriteMessageAsync(events, result, status: null).ConfigureAwait(false);
        events.End();
        BeginPart(events, "response.content_part.added", id).WritePropertyName("part");
        await ResponseItemJson.WriteTextPartAsync(events, []).ConfigureAwait(false);
        events.End();
        var summary = new GenerationSummary(0, FinishReasons.Length);
        foreach (var (token, reason) in result.Content.Tokens())
        {
            summary = new GenerationSummary(summary.Tokens + 1, reason ?? summary.FinishReason);
            if (!token.IsSpecial)
            {
                var json = BeginPart(events, "response.output_text.delta", id);
                json.WriteString("delta", token.Text);
                WriteEmptyArray(json, "logprobs");
                await EndAsync(events, beat, cancellationToken).ConfigureAwait(false);
            }
        }

        BeginPart(events, "response.output_text.done", id).WritePropertyName("text");
        await events.WriteTextAsync(result.Content.Text()).ConfigureAwait(false);
        WriteEmptyArray(events.Json, "logprobs");
        events.End();
        BeginPart(events, "response.content_part.done", id).WritePropertyName("part");
        await ResponseItemJson.WriteTextPartAsync(events, result.Content.Text()).ConfigureAwait(false);
        events.End();
        BeginItem(events, "response.output_item.done");
        await ResponseItemJson.WriteMessageAsync(events, result, ResponseJson.StatusOf(result, summary.FinishReason)).ConfigureAwait(false);
        await EndItemAsync(events, cancellationToken).ConfigureAwait(false);
        return summary;
    }

    private async Task SendCallAsync(int index, ServerSentEvents events, TokenBeat beat, CancellationToken cancellationToken)
    {
        var id = ResponseItemJson.CallId(result, index);
        var call = result.Calls[index];
        ResponseItemJson.WriteCall(BeginItem(events, "response.output_item.added"), result, index, isWhole: false);
        events.End();
        foreach (var piece in Tokenizer.Split(call.Arguments))
        {
            BeginOfItem(events, "response.function_call_arguments.delta", id).WriteString("delta", piece.Text);
            await EndAsync(events, beat, cancellationToken).ConfigureAwait(false);
        }

        var json = BeginOfItem(events, "response.function_call_arguments.done", id);
        json.WriteString("name", call.Name);
        json.WriteString("arguments", call.Arguments);
        events.End();
        ResponseItemJson.WriteCall(BeginItem(events, "response.output_item.done"), result, index, isWhole: true);
        await EndItemAsync(events, cancellationToken).ConfigureAwait(false);
    }

    private static void WriteEmptyArray(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }

    private static async Task EndAsync(ServerSentEvents events, TokenBeat beat, CancellationToken cancellationToken)
    {
        events.End();
        await beat.WaitAsync(cancellationToken).ConfigureAwait(false);
        await SendAsync(events, cancellationToken).ConfigureAwait(false);
    }

    private static Task EndAsync(ServerSentEvents events, CancellationToken cancellationToken)
    {
        events.End();
        return SendAsync(events, cancellationToken);
    }

    private Task EndItemAsync(ServerSentEvents events, CancellationToken cancellationToken)
    {
        _items++;
        return EndAsync(events, cancellationToken);
    }

    private static async Task SendAsync(ServerSentEvents events, CancellationToken cancellationToken)
    {
        if (!await events.SendAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new OperationCanceledException("The client has closed the connection.");
        }
    }

    private Utf8JsonWriter Begin(ServerSentEvents events, string name)
    {
        var json = events.Begin(name);
        json.WriteNumber("sequence_number", _sequence++);
        return json;
    }

    private Utf8JsonWriter BeginNamed(ServerSentEvents events, string name, string field)
    {
        var json = Begin(events, name);
        json.WritePropertyName(field);
        return json;
    }

    private Utf8JsonWriter BeginItem(ServerSentEvents events, string name)
    {
        var json = Begin(events, name);
        json.WriteNumber("output_index", _items);
        json.WritePropertyName("item");
        return json;
    }

    private Utf8JsonWriter BeginOfItem(ServerSentEvents events, string name, string id)
    {
        var json = Begin(events, name);
        json.WriteString("item_id", id);
        json.WriteNumber("output_index", _items);
        return json;
    }

    private Utf8JsonWriter BeginPart(ServerSentEvents events, string name, string id)
    {
        var json = BeginOfItem(events, name, id);
        json.WriteNumber("content_index", 0);
        return json;
    }
}
