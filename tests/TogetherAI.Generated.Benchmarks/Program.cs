using TogetherAI.Benchmarks.Processes;
using TogetherAI.Benchmarks.Reports;

namespace TogetherAI.Benchmarks;

/// <summary>
/// Measures the client beside its peers. Without an argument it does everything in a short way; README.md tells the rest.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        var command = arguments.FirstOrDefault() ?? "short";
        switch (command)
        {
            case "short" or "full":
                var report = new Report(Console.Out);
                report.Machine();
                MemoryRun.Write(report, isFull: command == "full", arguments.ElementAtOrDefault(1));
                if (arguments.Length > 1)
                {
                    return 0;
                }

                await FirstEventsRun.WriteAsync(report).ConfigureAwait(false);
                await LoopbackRun.WriteAsync(report).ConfigureAwait(false);
                await IdleRun.WriteAsync(report).ConfigureAwait(false);
                await ColdStartRun.WriteAsync(report).ConfigureAwait(false);
                await BuildRun.WriteAsync(report).ConfigureAwait(false);
                return 0;
            case "idle":
                await IdleRun.WriteAsync(new Report(Console.Out)).ConfigureAwait(false);
                return 0;
            case "first":
                await FirstEventsRun.WriteAsync(new Report(Console.Out)).ConfigureAwait(false);
                return 0;
            case "cold":
                await ColdStartRun.WriteAsync(new Report(Console.Out)).ConfigureAwait(false);
                return 0;
            case "loopback":
                await LoopbackRun.WriteAsync(new Report(Console.Out)).ConfigureAwait(false);
                return 0;
            case SilentServer.Command:
                return await SilentServer.ServeAsync().ConfigureAwait(false);
            case IdleRun.ChildCommand:
                return await IdleChild.RunAsync(arguments[1..]).ConfigureAwait(false);
            case ServerProcess.Command:
                return await ServerProcess.ServeAsync().ConfigureAwait(false);
            case LoopbackRun.ChildCommand:
                return await LoopbackChild.RunAsync(arguments[1..]).ConfigureAwait(false);
            case FirstEventsRun.ChildCommand:
                return await FirstEventsRun.RunChildAsync(arguments[1..]).ConfigureAwait(false);
            default:
                Console.Error.WriteLine($"Unknown command \"{command}\". Use: short, full, first, loopback, idle, cold.");
                return 2;
        }
    }
}
