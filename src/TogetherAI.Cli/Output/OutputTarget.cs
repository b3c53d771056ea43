namespace TogetherAI.Cli.Output;

/// <summary>What a command writes its content to.</summary>
internal abstract class OutputTarget : IDisposable
{
    /// <summary>Writes the whole content.</summary>
    public abstract Task WriteAsync(Stream content, CancellationToken cancellationToken);

    public abstract void Dispose();
}
