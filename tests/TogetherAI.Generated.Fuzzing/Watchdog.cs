namespace TogetherAI.Fuzzing;

/// <summary>Ends the process if an input takes too long.</summary>
internal sealed class Watchdog
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private long _number;

    /// <param name="timeout">Called then, with the process about to end.</param>
    public Watchdog(Action timeout)
    {
        new Thread(() => Watch(timeout)) { IsBackground = true }.Start();
    }

    /// <summary>An input begins.</summary>
    public void Restart() => Volatile.Write(ref _number, _number + 1);

    private void Watch(Action timeout)
    {
        for (var last = 0L; ; Thread.Sleep(Limit))
        {
            var number = Volatile.Read(ref _number);
            if (number == last && number > 0)
            {
                timeout();
                Environment.Exit(1);
            }

            last = number;
        }
    }
}
