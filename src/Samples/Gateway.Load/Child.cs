using System.Diagnostics;

namespace TogetherAI.Samples.Gateway.Load;

/// <summary>A server in a process of its own, whose processor time and memory are therefore its own.</summary>
internal sealed class Child : IDisposable
{
    public const string Upstream = "upstream";
    public const string Gateway = "gateway";
    public const string Yarp = "yarp";

    private readonly Process _process;

    private Child(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    /// <summary>The address of the server.</summary>
    public Uri Url { get; }

    /// <summary>The processor time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a server, which says where it listens.</summary>
    public static async Task<Child> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var url = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The process \"{string.Join(' ', arguments)}\" did not start.");
        return new Child(process, new Uri(url));
    }

    /// <summary>Runs a server in this process until the standard input ends.</summary>
    public static async Task<int> ServeAsync(WebApplication server)
    {
        await using (server)
        {
            server.MapGet("/heap", static () => GC.GetTotalMemory(forceFullCollection: true));
            await server.StartAsync();
            Console.WriteLine(server.Urls.Single());
            await Console.In.ReadToEndAsync();
            return 0;
        }
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
