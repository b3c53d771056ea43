namespace TogetherAI.Cli.Output;

/// <summary>Standard output, which gets the content as it arrives.</summary>
internal sealed class StreamTarget(Stream output) : OutputTarget
{
    public override Task WriteAsync(Stream content, CancellationToken cancellationToken) => content.CopyToAsync(output, cancellationToken);

    public override void Dispose()
    {
        // Standard output belongs to the terminal.
    }
}
