namespace TogetherAI.Cli.Commands;

/// <summary>The messages of a chat.</summary>
internal sealed class ChatDialog(ApiCall<ChatCompletionRequest> call) : IDialog
{
    private readonly IList<ChatCompletionMessage> _messages = call.Request.Messages;
    private ChatAnswer _answer = new(call);

    public void Ask(string message) => _messages.Add(ChatCompletionMessage.FromUser(message));

    public async Task RespondAsync(CancellationToken cancellationToken)
    {
        _answer = new ChatAnswer(call);
        if (await _answer.PrintAsync(cancellationToken).ConfigureAwait(false) is { } reply)
        {
            _messages.Add(reply);
        }
    }

    public bool KeepWhatCame()
    {
        if (_answer.Text.Length > 0)
        {
            _messages.Add(ChatCompletionMessage.FromAssistant(_answer.Text));
            return true;
        }

        _messages.RemoveAt(_messages.Count - 1);
        return false;
    }
}
