using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Requests;

/// <summary>The prompt, from the command line or from standard input.</summary>
internal static class PromptText
{
    public static async Task<string> ReadAsync(string argument, StandardInput input, CancellationToken cancellationToken)
    {
        var text = await input.TextAsync(argument, cancellationToken).ConfigureAwait(false);
        return text.Length > 0 ? text : throw new UsageException("The prompt is empty.");
    }
}
