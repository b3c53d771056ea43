using System.Runtime.InteropServices;

namespace TogetherAI.Cli.Tests.Support;

/// <summary>What a process inherits for signals from the one that starts it; a shell's background jobs ignore Ctrl+C.</summary>
internal static class Signals
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    private static readonly Lock Gate = new();

    /// <summary>Does something while this process, and whatever it starts meanwhile, has the default for the signals.</summary>
    public static T WithDefaults<T>(Func<T> work) => With(0, work);

    /// <summary>Does something while this process, and whatever it starts meanwhile, ignores the signals.</summary>
    public static T Ignored<T>(Func<T> work) => With(1, work);

    private static T With<T>(nint disposition, Func<T> work)
    {
        if (OperatingSystem.IsWindows())
        {
            return work();
        }

        lock (Gate)
        {
            int[] signals = [Interrupt, Terminate];
            // Opaque, and larger than a struct sigaction anywhere.
            var saved = signals.Select(_ => new byte[512]).ToArray();
            for (var i = 0; i < signals.Length; i++)
            {
                Assert.That(Action(signals[i], null, saved[i]), Is.Zero);
                Signal(signals[i], disposition);
            }

            try
            {
                return work();
            }
            finally
            {
                for (var i = 0; i < signals.Length; i++)
                {
                    Action(signals[i], saved[i], null);
                }
            }
        }
    }

    [DllImport("libc", EntryPoint = "sigaction")]
    private static extern int Action(int signal, byte[]? action, byte[]? old);

    [DllImport("libc", EntryPoint = "signal")]
    private static extern nint Signal(int signal, nint disposition);
}
