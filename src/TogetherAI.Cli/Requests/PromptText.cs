using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Requests;

/// <summary>Texts that must not be empty, from the command line or from standard input.</summary>
internal static class PromptText
{
    public static async Task<string> ReadAsync(string argument, StandardInput input, CancellationToken cancellationToken, string name = "prompt")
    {
        var text = await input.TextAsync(argument, cancellationToken).ConfigureAwait(false);
        return text.Length > 0 ? text : throw new UsageException($"The {name} is empty.");
    }

    /// <summary>The same; null where the command line has none and there is somebody at a terminal to be asked.</summary>
    public static async Task<string?> ReadOptionalAsync(string? argument, Terminal terminal, CancellationToken cancellationToken, string name = "prompt")
    {
        argument ??= terminal.CanAsk ? null : StandardInput.Name;
        return argument is null ? null : await ReadAsync(argument, terminal.Input, cancellationToken, name).ConfigureAwait(false);
    }

    public static async Task<string[]> ReadAllAsync(IReadOnlyList<string> arguments, StandardInput input, CancellationToken cancellationToken, string name = "text")
    {
        var texts = await input.TextsAsync(arguments, cancellationToken).ConfigureAwait(false);
        return Array.TrueForAll(texts, static text => text.Length > 0) ? texts : throw new UsageException($"A {name} is empty.");
    }
}
