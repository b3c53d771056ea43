using System.Runtime.InteropServices;

namespace TogetherAI.Cli;

/// <summary>
/// Turns the first Ctrl+C or SIGTERM into a cancellation; a second one ends the process at once. During a turn, Ctrl+C
/// cancels the turn before it cancels everything.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private CancellationTokenSource? _turn;

    public CancellationToken Token => _source.Token;

    /// <summary>The interruption by the signals that the process receives.</summary>
    public static Interruption OfSignals()
    {
        var interruption = new Interruption();
        interruption._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = interruption.Interrupt()));
        interruption._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = interruption.Terminate()));
        return interruption;
    }

    /// <summary>Begins a part of the work that Ctrl+C ends alone.</summary>
    /// <returns>The part, which ends when it is disposed.</returns>
    public Turn BeginTurn()
    {
        lock (_gate)
        {
            _turn = CancellationTokenSource.CreateLinkedTokenSource(_source.Token);
            return new Turn(this, _turn);
        }
    }

    /// <summary>What Ctrl+C does.</summary>
    /// <returns>Whether there was something left to cancel.</returns>
    public bool Interrupt()
    {
        lock (_gate)
        {
            return Cancel(_turn is { IsCancellationRequested: false } ? _turn : _source);
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private bool Terminate()
    {
        lock (_gate)
        {
            return Cancel(_source);
        }
    }

    private static bool Cancel(CancellationTokenSource source)
    {
        var isFirst = !source.IsCancellationRequested;
        source.Cancel();
        return isFirst;
    }

    /// <summary>A part of the work with a cancellation of its own.</summary>
    internal sealed class Turn(Interruption owner, CancellationTokenSource source) : IDisposable
    {
        public CancellationToken Token { get; } = source.Token;

        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._turn = null;
                source.Dispose();
            }
        }
    }
}
