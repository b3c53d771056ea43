using System.CommandLine;
using TogetherAI.Cli.Http;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>One way of asking the inference endpoint and printing what comes back.</summary>
internal sealed class InferenceCommand : Command
{
    private const string DefaultModel = "meta-llama/Llama-3.3-70B-Instruct-Turbo";

    private static readonly HashSet<string> PromptField = ["prompt"];

    private readonly Argument<string> _prompt = new("prompt")
    {
        Description = "The text to continue, already formatted with the model's template; - reads standard input, without its final line break.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON: the whole response (run), one chunk per line (stream), or one string per line (tokens)." };
    private readonly Option<bool> _special = new("--special") { Description = "Also print special tokens, such as </s>." };
    private readonly ConnectionOptions _connection = new();
    private readonly RequestFields _fields;
    private readonly Func<InferenceCall, CancellationToken, Task> _print;
    private readonly Terminal _terminal;

    public InferenceCommand(string name, string description, Func<InferenceCall, CancellationToken, Task> print, Terminal terminal)
        : base(name, description)
    {
        _print = print;
        _terminal = terminal;
        Option[] own = [.. _connection.All, _json, _special, TogetherCommand.Verbose];
        _fields = new RequestFields(GeneratedFields.Of<InferenceRequest>(), PromptField, own.Select(option => option.Name).ToHashSet());
        _fields.Default("model", DefaultModel);

        Add(_prompt);
        foreach (var option in _connection.All.Concat(_fields.Options))
        {
            Add(option);
        }

        SetAction(InvokeAsync);
    }

    /// <summary>Whether there is a JSON form of what it prints.</summary>
    public bool ShowsJson
    {
        init => AddIf(value, _json);
    }

    /// <summary>Whether it prints tokens one by one.</summary>
    public bool ShowsSpecial
    {
        init => AddIf(value, _special);
    }

    private async Task<int> InvokeAsync(ParseResult command, CancellationToken cancellationToken)
    {
        var prompt = await PromptText.ReadAsync(command.GetRequiredValue(_prompt), _terminal.Input, cancellationToken).ConfigureAwait(false);
        var request = new InferenceRequest { Model = DefaultModel, Prompt = prompt };
        await _fields.ApplyAsync(command, request, _terminal.Input, cancellationToken).ConfigureAwait(false);

        var verbose = command.GetValue(TogetherCommand.Verbose);
        await using var connection = await Connection.OpenAsync(_connection.Read(command), verbose, _terminal, cancellationToken).ConfigureAwait(false);
        var call = new InferenceCall(connection.Client.Inference, request, connection.Options, _terminal)
        {
            Json = command.GetValue(_json),
            Special = command.GetValue(_special),
        };
        await _print(call, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    private void AddIf(bool condition, Option option)
    {
        if (condition)
        {
            Add(option);
        }
    }
}
