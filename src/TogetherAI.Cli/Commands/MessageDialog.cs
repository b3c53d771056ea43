using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>The messages of a conversation in the form of Anthropic's API.</summary>
internal sealed class MessageDialog(ApiCall<MessageRequest> call) : IDialog
{
    private readonly IList<MessageInput> _messages = call.Request.Messages;
    private MessageAccumulator _message = new();

    public void Ask(string message) => _messages.Add(MessageInput.FromUser(message));

    public async Task RespondAsync(CancellationToken cancellationToken)
    {
        _message = new MessageAccumulator();
        if (call.Json)
        {
            var response = await call.WaitAsync(() => call.Client.Messages.CreateAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
            call.Terminal.Out.WriteLine(JsonText.Indented(response));
            _messages.Add(MessageInput.FromAssistant(response));
            return;
        }

        await StreamAsync(cancellationToken).ConfigureAwait(false);
        _messages.Add(_message.ToMessage());
    }

    public bool KeepWhatCame()
    {
        if (_message.Text.Length > 0)
        {
            _messages.Add(MessageInput.FromAssistant(_message.Text));
            return true;
        }

        _messages.RemoveAt(_messages.Count - 1);
        return false;
    }

    private async Task StreamAsync(CancellationToken cancellationToken)
    {
        using var line = new OpenLine(call.Terminal.Out);
        await foreach (var chunk in call.Client.Messages.StreamAsync(call.Request, call.Options, cancellationToken).ConfigureAwait(false))
        {
            _message.Add(chunk);
            line.Write(chunk.Text);
        }

        foreach (var tool in _message.ToResponse().ToolUses)
        {
            line.End();
            line.Write($"{tool.Name}({(tool.Input is { } input ? JsonText.Line(input) : "")})");
        }
    }
}
