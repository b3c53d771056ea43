using System.Runtime.CompilerServices;

namespace TogetherAI.Net472;

/// <summary>What is checked, each under a name; a check fails by an exception, or by not ending.</summary>
internal sealed class CheckList
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly List<KeyValuePair<string, Func<Task>>> _checks = [];

    public void Add(string name, Func<Task> check) => _checks.Add(new(name, check));

    /// <summary>Runs all checks and prints what came of them.</summary>
    /// <returns>The exit code: 0 where all passed.</returns>
    public async Task<int> RunAsync()
    {
        var failed = 0;
        foreach (var check in _checks)
        {
            try
            {
                var run = check.Value();
                if (await Task.WhenAny(run, Task.Delay(Patience)) != run)
                {
                    throw new TimeoutException($"It has not ended after {Patience.TotalSeconds} seconds.");
                }

                await run;
                Console.WriteLine($"  ok      {check.Key}");
            }
            catch (Exception exception)
            {
                failed++;
                Console.WriteLine($"  FAILED  {check.Key}: {exception}");
            }
        }

        Console.WriteLine($"On Mono: {_checks.Count - failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    public static void Require(bool condition, [CallerArgumentExpression(nameof(condition))] string? text = null)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Not so: {text}");
        }
    }

    /// <summary>Requires that something fails with an exception of exactly this type.</summary>
    public static async Task<TException> FailsAsync<TException>(Func<Task> action)
        where TException : Exception
    {
        try
        {
            await action();
        }
        catch (TException exception) when (exception.GetType() == typeof(TException) || exception is OperationCanceledException)
        {
            return exception;
        }

        throw new InvalidOperationException($"There was no {typeof(TException).Name}.");
    }
}
