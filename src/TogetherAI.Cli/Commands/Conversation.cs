using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>A conversation turn by turn with a person at a terminal. No failure of a turn ends it or loses the turns before.</summary>
internal sealed class Conversation(IDialog dialog, Terminal terminal, bool isVerbose, Interruption interruption)
{
    /// <summary>Asks for messages and responds to them until an empty line or the end of the input.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        terminal.Note("An empty line or Ctrl+D ends the conversation, Ctrl+C stops a response.");
        while (await terminal.AskAsync("> ", cancellationToken).ConfigureAwait(false) is { Length: > 0 } line)
        {
            await TakeTurnAsync(line, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeTurnAsync(string message, CancellationToken cancellationToken)
    {
        dialog.Ask(message);
        using var turn = interruption.BeginTurn();
        try
        {
            await dialog.RespondAsync(turn.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutputClosedException && !cancellationToken.IsCancellationRequested)
        {
            Failure.Report(exception, terminal, isVerbose, turn.Token);
            // A message without a response would stand beside the next one, and models refuse two in a row.
            terminal.Note(dialog.KeepWhatCame()
                ? "The response is incomplete. The conversation continues with the part that was received."
                : "There is no response. The conversation continues without this message.");
        }
    }
}
