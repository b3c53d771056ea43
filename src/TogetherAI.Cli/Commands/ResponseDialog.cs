using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>The items of a conversation in the form of OpenAI's Responses API.</summary>
internal sealed class ResponseDialog(ApiCall<ResponseRequest> call) : IDialog
{
    private readonly List<ResponseItem> _items = [.. call.Request.Input];
    private ResponseAccumulator _response = new();

    public void Ask(string message) => _items.Add(ResponseItem.FromUser(message));

    public async Task RespondAsync(CancellationToken cancellationToken)
    {
        _response = new ResponseAccumulator();
        call.Request.Input = Input();
        if (call.Json)
        {
            var response = await call.WaitAsync(() => call.Client.Responses.CreateAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
            call.Terminal.Out.WriteLine(JsonText.Indented(response));
            _items.AddRange(response.Output);
            return;
        }

        await StreamAsync(cancellationToken).ConfigureAwait(false);
        _items.AddRange(_response.ToResponse().Output);
    }

    public bool KeepWhatCame()
    {
        if (_response.Text.Length > 0)
        {
            _items.Add(ResponseItem.FromAssistant(_response.Text));
            return true;
        }

        _items.RemoveAt(_items.Count - 1);
        return false;
    }

    // A single text is what most requests are.
    private ResponseInput Input()
        => _items is [{ Role: { } role, Content.Text: { } text }] && role == ResponseRole.User ? text : ResponseInput.FromItems(_items);

    private async Task StreamAsync(CancellationToken cancellationToken)
    {
        using var line = new OpenLine(call.Terminal.Out);
        await foreach (var chunk in call.Client.Responses.StreamAsync(call.Request, call.Options, cancellationToken).ConfigureAwait(false))
        {
            _response.Add(chunk);
            line.Write(chunk.Text);
        }

        foreach (var function in _response.ToResponse().FunctionCalls)
        {
            line.End();
            line.Write($"{function.Name}({function.Arguments})");
        }
    }
}
