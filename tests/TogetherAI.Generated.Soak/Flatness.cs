namespace TogetherAI.Soak;

/// <summary>Says whether what the process holds stayed flat.</summary>
/// <param name="before">Before the load, when a few calls have warmed the process up.</param>
/// <param name="during">Samples under load, in order.</param>
/// <param name="after">When the load has ended and the client is disposed.</param>
internal sealed class Flatness(Figures before, IReadOnlyList<Figures> during, Figures after)
{
    // Shared pools keep the buffers of a thousand streams for later use; a leak of one kilobyte a stream is more in a
    // minute.
    private const long KeptByPools = 16 * 1024 * 1024;

    // The thread pool retires idle threads slowly.
    private const int KeptByThreadPool = 16;

    // It adds threads as long as the machine is too busy to run those it has; a thread a stream would be a thousand.
    private const int AddedByThreadPool = 48;

    // Calls of different kinds come at random.
    private const double Fluctuation = 1.3;

    private const int FewestSamples = 8;

    /// <summary>What is not flat, a line each.</summary>
    public IEnumerable<string> Objections()
    {
        if (after.Heap > before.Heap + KeptByPools)
        {
            yield return $"The heap did not return: {before} before, {after} after.";
        }

        if (after.Sockets > 0)
        {
            yield return $"{after.Sockets} connections are left of a client that is disposed.";
        }

        if (after.Threads > before.Threads + KeptByThreadPool)
        {
            yield return $"The threads did not return: {before.Threads} before, {after.Threads} after.";
        }

        if (during.Count < FewestSamples)
        {
            yield break;
        }

        var (first, last) = FirstAndLast();
        if (last.Heap > (first.Heap * Fluctuation) + KeptByPools || last.Sockets > first.Sockets * Fluctuation || last.Threads > first.Threads + AddedByThreadPool)
        {
            yield return $"It grew under the same load: {first} first, {last} last.";
        }
    }

    /// <summary>Means of the second and of the last quarter under load; the first one is the way up.</summary>
    public (Figures First, Figures Last) FirstAndLast()
    {
        var quarter = Math.Max(1, during.Count / 4);
        return (Mean(during.Skip(quarter).Take(quarter)), Mean(during.TakeLast(quarter)));
    }

    private static Figures Mean(IEnumerable<Figures> samples)
    {
        var all = samples.ToArray();
        return all.Length == 0
            ? default
            : new Figures(
                (long)all.Average(sample => sample.Heap),
                (long)all.Average(sample => sample.WorkingSet),
                (int)all.Average(sample => sample.Sockets),
                (int)all.Average(sample => sample.Threads));
    }
}
