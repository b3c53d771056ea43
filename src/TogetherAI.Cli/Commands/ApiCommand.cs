using System.CommandLine;
using TogetherAI.Cli.Http;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>One operation as a command: an option for each field of its request, and those of the connection.</summary>
/// <typeparam name="TRequest">The generated request.</typeparam>
internal sealed class ApiCommand<TRequest> : Command
    where TRequest : class
{
    private readonly Option<bool> _json = new("--json") { Description = "Print the whole response as JSON." };
    private readonly ConnectionOptions _connection = new();
    private readonly Terminal _terminal;
    private readonly RequestFields _fields;

    /// <param name="name">Name of the command.</param>
    /// <param name="description">What it does.</param>
    /// <param name="own">Its arguments and options that are no fields.</param>
    /// <param name="without">Fields, by their names on the wire, that get no option.</param>
    /// <param name="terminal">Where it writes.</param>
    public ApiCommand(string name, string description, Symbol[] own, IReadOnlySet<string> without, Terminal terminal)
        : base(name, description)
    {
        _terminal = terminal;
        Option[] options = [.. own.OfType<Option>(), .. _connection.All, _json];
        _fields = new RequestFields(GeneratedFields.Of<TRequest>(), without, options.Append(TogetherCommand.Verbose).Select(option => option.Name).ToHashSet());
        foreach (var argument in own.OfType<Argument>())
        {
            Add(argument);
        }

        foreach (var option in options.Where(option => option != _json).Concat(_fields.Options))
        {
            Add(option);
        }
    }

    /// <summary>Whether it prints what has a JSON form.</summary>
    public bool ShowsJson
    {
        init
        {
            if (value)
            {
                Add(_json);
            }
        }
    }

    /// <summary>Whether it needs more than one address of a server.</summary>
    public bool NeedsRoot
    {
        init => _connection.TakesRoot = value;
    }

    /// <summary>The request, with what is not an option of a field.</summary>
    public required Func<ParseResult, CancellationToken, Task<TRequest>> Create { get; init; }

    /// <summary>Sends the request and prints the response.</summary>
    public required Func<ApiCall<TRequest>, CancellationToken, Task> Run
    {
        init => SetAction((command, cancellationToken) => InvokeAsync(command, value, cancellationToken));
    }

    /// <summary>The model to take where the command line names none.</summary>
    public string DefaultModel
    {
        init => _fields.Default("model", value);
    }

    private async Task<int> InvokeAsync(ParseResult command, Func<ApiCall<TRequest>, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var request = await Create(command, cancellationToken).ConfigureAwait(false);
        await _fields.ApplyAsync(command, request, _terminal.Input, cancellationToken).ConfigureAwait(false);
        var verbose = command.GetValue(TogetherCommand.Verbose);
        await using var connection = await Connection.OpenAsync(_connection.Read(command), verbose, _terminal, cancellationToken).ConfigureAwait(false);
        var call = new ApiCall<TRequest>(connection.Client, request, connection.Options, _terminal, command) { Json = command.GetValue(_json) };
        await run(call, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Success;
    }
}
