using System.Text;

namespace TogetherAI.Cli.Requests;

/// <summary>The prompt, from the command line or from standard input.</summary>
internal static class PromptText
{
    public const string StandardInput = "-";

    public static async Task<string> ReadAsync(string argument, CancellationToken cancellationToken)
    {
        var text = argument == StandardInput ? await ReadInputAsync(cancellationToken).ConfigureAwait(false) : argument;
        return text.Length > 0 ? text : throw new UsageException("The prompt is empty.");
    }

    private static async Task<string> ReadInputAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
        // A read from a terminal cannot be cancelled, only left alone.
        var text = await reader.ReadToEndAsync(CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        return WithoutFinalLineBreak(text);
    }

    // echo and editors add one that is no part of what a person wrote.
    private static string WithoutFinalLineBreak(string text)
        => text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2]
        : text.EndsWith('\n') ? text[..^1]
        : text;
}
