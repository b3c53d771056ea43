using System.Diagnostics;
using System.Net.NetworkInformation;
using System.Runtime;

namespace TogetherAI.Soak;

/// <summary>What this process holds at one moment.</summary>
/// <param name="Heap">Bytes on the managed heap after a full collection.</param>
/// <param name="WorkingSet">Bytes of memory.</param>
/// <param name="Sockets">TCP connections to the server.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct Figures(long Heap, long WorkingSet, int Sockets, int Threads)
{
    private const double MiB = 1024 * 1024;

    public static Figures Take(int serverPort)
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return new Figures(GC.GetTotalMemory(forceFullCollection: false), process.WorkingSet64, CountSockets(serverPort), process.Threads.Count);
    }

    public override string ToString()
        => FormattableString.Invariant($"heap {Heap / MiB,6:F1} MiB, working set {WorkingSet / MiB,6:F1} MiB, sockets {Sockets,5}, threads {Threads,3}");

    // Those in TIME_WAIT and the like are the system's, no longer the process's.
    private static int CountSockets(int serverPort)
        => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Count(connection => connection.RemoteEndPoint.Port == serverPort
                && connection.State is (TcpState.Established or TcpState.SynSent or TcpState.CloseWait));
}
