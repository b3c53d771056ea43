using System.Text;

namespace TogetherAI.Cli.Output;

/// <summary>Standard input, which can be read once.</summary>
/// <param name="stream">Its bytes; null where it is closed.</param>
internal sealed class StandardInput(Stream? stream)
{
    /// <summary>What stands for it on the command line.</summary>
    public const string Name = "-";

    private bool _isTaken;

    /// <summary>The argument, or all of standard input without its final line break where the argument is <c>-</c>.</summary>
    /// <exception cref="UsageException">It is closed, unreadable, empty, or was read already.</exception>
    public async Task<string> TextAsync(string argument, CancellationToken cancellationToken)
    {
        if (argument != Name)
        {
            return argument;
        }

        var bytes = await BytesAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false));
        var text = WithoutFinalLineBreak(await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false));
        return text.Length > 0 ? text : throw Empty();
    }

    /// <summary>The arguments, one of which may be <c>-</c>.</summary>
    /// <exception cref="UsageException">Standard input is closed, unreadable, empty, or was read already.</exception>
    public async Task<string[]> TextsAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var texts = new string[arguments.Count];
        for (var position = 0; position < texts.Length; position++)
        {
            texts[position] = await TextAsync(arguments[position], cancellationToken).ConfigureAwait(false);
        }

        return texts;
    }

    /// <summary>All of standard input.</summary>
    /// <exception cref="UsageException">It is closed, unreadable, empty, or was read already.</exception>
    public async Task<byte[]> BytesAsync(CancellationToken cancellationToken)
    {
        if (_isTaken)
        {
            throw new UsageException("Standard input can be read only once, but - occurs more than once on the command line.");
        }

        _isTaken = true;
        using var bytes = new MemoryStream();
        try
        {
            // A read from a terminal cannot be cancelled, only left alone.
            var source = stream ?? throw new UsageException("Standard input is closed: there is nothing to read.");
            await source.CopyToAsync(bytes, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"Standard input cannot be read: {exception.Message}");
        }

        return bytes.Length > 0 ? bytes.ToArray() : throw Empty();
    }

    private static UsageException Empty() => new("Standard input is empty.");

    // echo and editors add one that is no part of what a person wrote.
    private static string WithoutFinalLineBreak(string text)
        => text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2]
        : text.EndsWith('\n') ? text[..^1]
        : text;
}
