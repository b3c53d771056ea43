using System.Diagnostics;
using System.Globalization;

namespace TogetherAI.Soak;

/// <summary>This program once more, as the server: its memory and sockets must not count as the client's.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string Command = "server";

    private readonly Process _process;

    private ServerProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public static async Task<ServerProcess> StartAsync(int seed, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "exec", typeof(ServerProcess).Assembly.Location, Command, "--seed", seed.ToString(CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return new ServerProcess(process, new Uri(line ?? throw new InvalidOperationException("The server did not start.")));
    }

    public async Task<int> ActiveStreamsAsync(CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync("active".AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken);
        return int.Parse(line ?? throw new InvalidOperationException("The server has ended."), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
