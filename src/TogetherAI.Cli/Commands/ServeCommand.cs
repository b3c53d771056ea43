using System.CommandLine;
using System.Net;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Commands;

/// <summary>Runs the embedded server on its own, for any HTTP client.</summary>
internal sealed class ServeCommand : Command
{
    private readonly Option<int> _port = new("--port") { Description = "The TCP port on the loopback address; 0 selects a free port.", HelpName = "port" };
    private readonly Option<string?> _key = new("--api-key") { Description = "The API key to require. By default, any key or none is accepted.", HelpName = "text" };
    private readonly Option<string[]> _models = new("--model")
    {
        Description = $"A model to serve; repeatable. Others return status 404. By default, any model except {TogetherAILocalServerOptions.MissingModel} is served.",
        HelpName = "name",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder in which files are kept, and found again by the next server; without this option they are kept in memory.",
        HelpName = "folder",
    };

    private readonly Option<double?> _pace = NumberOption.NotNegative("--tokens-per-second");
    private readonly FaultOptions _faults = new();
    private readonly Terminal _terminal;

    public ServeCommand(Terminal terminal)
        : base("serve", "Runs the local mock server for any HTTP client until it is stopped, and prints its URL.")
    {
        _terminal = terminal;
        _port.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
            {
                result.AddError($"--port needs a number between {IPEndPoint.MinPort} and {IPEndPoint.MaxPort}.");
            }
        });
        _models.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            {
                result.AddError("--model needs a name.");
            }
        });
        _pace.Description = "The rate of a stream; 0 is as fast as the client reads.";
        _pace.DefaultValueFactory = _ => new TogetherAILocalServerOptions().TokensPerSecond;
        Add(_port);
        Add(_pace);
        Add(_key);
        Add(_models);
        Add(_data);
        _faults.AddTo(this);
        SetAction(InvokeAsync);
    }

    private async Task<int> InvokeAsync(ParseResult command, CancellationToken cancellationToken)
    {
        var options = new TogetherAILocalServerOptions
        {
            Port = command.GetValue(_port),
            TokensPerSecond = command.GetValue(_pace)!.Value,
            ApiKey = command.GetValue(_key),
            Models = command.GetValue(_models) is { Length: > 0 } models ? models : null,
            DataFolder = command.GetValue(_data),
            Faults = _faults.Read(command),
        };
        await using var server = await TogetherAILocalServer.StartAsync(options, cancellationToken).ConfigureAwait(false);
        _terminal.Out.WriteLine(server.Url);
        _terminal.Note("This is a mock server, not a model. Ctrl+C stops it.");
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Success;
    }
}
