using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>The response to the messages of a chat, printed as it arrives.</summary>
internal sealed class ChatAnswer(ApiCall<ChatCompletionRequest> call)
{
    private readonly ChatCompletionAccumulator _stream = new();

    /// <summary>Its text as far as it was printed.</summary>
    public string Text => _stream.Text;

    /// <summary>Sends the messages and prints the response.</summary>
    /// <returns>What the model said; null where it said nothing.</returns>
    public async Task<ChatCompletionResponseMessage?> PrintAsync(CancellationToken cancellationToken)
    {
        if (!call.Json)
        {
            return await StreamAsync(cancellationToken).ConfigureAwait(false);
        }

        var answer = await call.WaitAsync(() => call.Client.Chat.CompleteAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
        call.Terminal.Out.WriteLine(JsonText.Indented(answer));
        return answer.Choices.FirstOrDefault()?.Message;
    }

    private async Task<ChatCompletionResponseMessage?> StreamAsync(CancellationToken cancellationToken)
    {
        using var line = new OpenLine(call.Terminal.Out);
        await foreach (var chunk in call.Client.Chat.StreamAsync(call.Request, call.Options, cancellationToken).ConfigureAwait(false))
        {
            _stream.Add(chunk);
            line.Write(chunk.Choices.FirstOrDefault(choice => choice.Index is null or 0)?.Delta?.Content);
        }

        var reply = _stream.ToResponse().Choices.FirstOrDefault()?.Message;
        foreach (var tool in reply?.ToolCalls ?? [])
        {
            line.End();
            line.Write($"{tool.Function.Name}({tool.Function.Arguments})");
        }

        return reply;
    }
}
