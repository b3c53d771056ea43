using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>A chat turn by turn with a person at a terminal. No failure of a turn ends it or loses the turns before.</summary>
internal sealed class Conversation(ApiCall<ChatCompletionRequest> call, Interruption interruption)
{
    private readonly IList<ChatCompletionMessage> _messages = call.Request.Messages;

    /// <summary>Asks for messages and responds to them until an empty line or the end of the input.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        call.Terminal.Note("An empty line or Ctrl+D ends the conversation, Ctrl+C stops a response.");
        while (await call.Terminal.AskAsync("> ", cancellationToken).ConfigureAwait(false) is { Length: > 0 } line)
        {
            await TakeTurnAsync(line, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeTurnAsync(string message, CancellationToken cancellationToken)
    {
        _messages.Add(ChatCompletionMessage.FromUser(message));
        var answer = new ChatAnswer(call);
        using var turn = interruption.BeginTurn();
        try
        {
            if (await answer.PrintAsync(turn.Token).ConfigureAwait(false) is { } reply)
            {
                _messages.Add(reply);
            }
        }
        catch (Exception exception) when (exception is not OutputClosedException && !cancellationToken.IsCancellationRequested)
        {
            Failure.Report(exception, call.Terminal, call.Command.GetValue(TogetherCommand.Verbose), turn.Token);
            KeepWhatCame(answer.Text);
        }
    }

    // A message without an answer would stand beside the next one, and models refuse two in a row.
    private void KeepWhatCame(string text)
    {
        if (text.Length > 0)
        {
            _messages.Add(ChatCompletionMessage.FromAssistant(text));
            call.Terminal.Note("The response is not complete. The conversation goes on with what came of it.");
            return;
        }

        _messages.RemoveAt(_messages.Count - 1);
        call.Terminal.Note("There is no response. The conversation goes on without this message.");
    }
}
