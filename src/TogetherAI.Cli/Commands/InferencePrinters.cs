using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>What the commands print: the four calls of the client.</summary>
internal static class InferencePrinters
{
    public static async Task RunAsync(InferenceCall call, CancellationToken cancellationToken)
    {
        var response = await call.Terminal.WaitAsync(
            "Waiting for the response",
            () => call.Client.RunAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
        call.Terminal.Out.WriteLine(call.Json ? JsonText.Indented(response) : FirstText(response));
    }

    public static async Task StreamAsync(InferenceCall call, CancellationToken cancellationToken)
    {
        await foreach (var chunk in call.Client.StreamAsync(call.Request, call.Options, cancellationToken).ConfigureAwait(false))
        {
            var lines = call.Json ? [JsonText.Line(chunk)] : ChunkLine.Lines(chunk, call.Special);
            foreach (var line in lines)
            {
                call.Terminal.Out.WriteLine(line);
            }
        }
    }

    // The chunks rather than the client's tokens: only a chunk says whether its token is special.
    public static async Task TokensAsync(InferenceCall call, CancellationToken cancellationToken)
    {
        var isInsideLine = false;
        try
        {
            await foreach (var chunk in call.Client.StreamAsync(call.Request, call.Options, cancellationToken).ConfigureAwait(false))
            {
                if (FirstText(chunk, call.Special) is { Length: > 0 } text)
                {
                    call.Terminal.Out.Write(call.Json ? JsonText.Line(text) + "\n" : text);
                    isInsideLine = !call.Json;
                }
            }
        }
        finally
        {
            // Also where the stream breaks off: what follows on a terminal begins on a line of its own.
            if (isInsideLine)
            {
                call.Terminal.Out.WriteLine();
            }
        }
    }

    public static async Task BytesAsync(InferenceCall call, CancellationToken cancellationToken)
    {
        var bytes = await call.Client.StreamBytesAsync(call.Request, call.Options, cancellationToken).ConfigureAwait(false);
        await using (bytes.ConfigureAwait(false))
        {
            await bytes.CopyToAsync(call.Terminal.Bytes, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string FirstText(InferenceResponse response)
        => response.Text ?? throw new InvalidOperationException("The response has no text. Use --json to print its content.");

    private static string? FirstText(InferenceChunk chunk, bool special)
        => chunk.Token?.Special == true && !special
            ? null
            : chunk.Choices.FirstOrDefault(choice => choice.Index is null or 0)?.Text;
}
