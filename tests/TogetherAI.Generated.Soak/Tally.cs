using System.Collections.Concurrent;

namespace TogetherAI.Soak;

/// <summary>Counts how the calls ended.</summary>
internal sealed class Tally
{
    private const int KeptExamples = 20;

    private readonly ConcurrentDictionary<string, int> _outcomes = new();
    private readonly ConcurrentQueue<string> _examples = new();
    private int _started;
    private int _ended;
    private int _lost;
    private int _open;

    public int Started => Volatile.Read(ref _started);

    public int Ended => Volatile.Read(ref _ended);

    /// <summary>Calls that did not end as they should.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>Calls that have not ended.</summary>
    public int Open => Volatile.Read(ref _open);

    public IReadOnlyDictionary<string, int> Outcomes => _outcomes;

    /// <summary>The first of the lost calls.</summary>
    public IEnumerable<string> Examples => _examples;

    /// <summary>The number of the next call; null where there have been enough.</summary>
    public int? TryStart(int most)
    {
        var number = Interlocked.Increment(ref _started);
        if (number > most)
        {
            Interlocked.Decrement(ref _started);
            return null;
        }

        Interlocked.Increment(ref _open);
        return number;
    }

    public void End(string outcome)
    {
        _outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
        Interlocked.Increment(ref _ended);
        Interlocked.Decrement(ref _open);
    }

    public void Lose(string example)
    {
        if (Interlocked.Increment(ref _lost) <= KeptExamples)
        {
            _examples.Enqueue(example);
        }
    }
}
