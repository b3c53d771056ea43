namespace TogetherAI.Cli.Output;

/// <summary>A line that is written piece by piece, and ended even where what fills it breaks off.</summary>
internal sealed class OpenLine(TextWriter output) : IDisposable
{
    private bool _isOpen;

    public void Write(string? piece)
    {
        if (!string.IsNullOrEmpty(piece))
        {
            output.Write(piece);
            _isOpen = true;
        }
    }

    public void End()
    {
        if (_isOpen)
        {
            _isOpen = false;
            output.WriteLine();
        }
    }

    public void Dispose() => End();
}
