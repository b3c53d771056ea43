using System.Diagnostics;
using TogetherAI.LocalServer;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>The embedded server in a process of its own, so that its work does not count as the clients'.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string Command = "serve";

    private readonly Process _process;

    private ServerProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public static async Task<ServerProcess> StartAsync()
    {
        var process = ChildProcess.Start(Command);
        var url = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        return new ServerProcess(process, new Uri(url!));
    }

    /// <summary>The other side: serves until its standard input is closed.</summary>
    public static async Task<int> ServeAsync()
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 }).ConfigureAwait(false);
        Console.WriteLine(server.Url);
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
        {
        }

        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }
}
