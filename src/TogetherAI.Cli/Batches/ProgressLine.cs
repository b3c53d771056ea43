using Spectre.Console;

namespace TogetherAI.Cli.Batches;

/// <summary>Tells how far a run is: a bar at a terminal, and otherwise only what happens once.</summary>
internal sealed class ProgressLine(Action<string> note, ProgressTask? bar)
{
    public void Note(string line)
    {
        // The bar owns the lines of a terminal.
        if (bar is null)
        {
            note(line);
        }
    }

    /// <param name="what">What is being done.</param>
    /// <param name="fraction">How much of it is done, from 0 to 1.</param>
    public void Report(string what, double fraction)
    {
        if (bar is not null)
        {
            bar.Description = what;
            bar.Value = Math.Clamp(fraction, 0, 1) * bar.MaxValue;
        }
    }
}
