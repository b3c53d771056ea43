using TogetherAI.Cli.Output;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Http;

/// <summary>A client, and the embedded server behind it where there is no key and no address.</summary>
internal sealed class Connection : IAsyncDisposable
{
    // The client reads it itself.
    private const string AddressVariable = "TOGETHER_BASE_URL";

    private readonly TogetherAILocalServer? _server;
    private readonly RequestTrace? _trace;

    private Connection(TogetherAIOptions client, TogetherAIRequestOptions call, TogetherAILocalServer? server, RequestTrace? trace)
    {
        Client = new TogetherAIClient(client);
        Options = call;
        _server = server;
        _trace = trace;
    }

    public TogetherAIClient Client { get; }

    public TogetherAIRequestOptions Options { get; }

    public static async Task<Connection> OpenAsync(
        ConnectionSettings settings,
        bool verbose,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        var key = Environment.GetEnvironmentVariable(ApiKey.Variable)?.Trim();
        var client = new TogetherAIOptions { AllowInsecureHttp = settings.AllowInsecureHttp };
        TogetherAILocalServer? server = null;
        var hasAddress = settings.ApiUrl is not null || !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(AddressVariable));
        if (string.IsNullOrEmpty(key) && !hasAddress && !settings.Headers.ContainsKey("Authorization"))
        {
            server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            client.BaseUrl = server.Url;
            terminal.Note($"No {ApiKey.Variable} is set: a local mock server responds at {server.Url}, not a model.");
        }

        if (settings.ApiUrl is { } exact)
        {
            // Then the one of the environment is not looked at.
            client.BaseUrl = exact;
        }

        if (settings.Timeout is { } timeout)
        {
            client.Timeout = timeout;
            client.StreamIdleTimeout = timeout;
        }

        var call = new TogetherAIRequestOptions { ApiUrl = settings.IsRoot ? null : settings.ApiUrl };
        foreach (var header in settings.Headers)
        {
            call.Headers.Add(header);
        }

        var trace = verbose ? RequestTrace.Start(terminal, ApiKey.Describe(key, settings.Headers)) : null;
        call.ResponseReceived = trace is null ? null : trace.Received;
        return new Connection(client, call, server, trace);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _trace?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }
    }
}
