using System.Text;

namespace TogetherAI;

/// <summary>Reads response bodies: a whole one into memory, or the beginning of one that may never end.</summary>
internal static class ResponseBody
{
    /// <summary>How much of the body of a failed call is kept.</summary>
    public const int MaxKeptBytes = 64 * 1024;

    private static readonly TimeSpan LongestErrorBody = TimeSpan.FromSeconds(10);

    public static Task<Stream> OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken)
#if NET8_0_OR_GREATER
        => response.Content.ReadAsStreamAsync(cancellationToken);
#else
        => response.Content is null ? Task.FromResult(Stream.Null) : response.Content.ReadAsStreamAsync();
#endif

    public static async Task<MemoryStream> ReadWholeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var length = response.Content?.Headers.ContentLength ?? 0;
        var whole = new MemoryStream((int)Math.Min(Math.Max(length, 0), 1024 * 1024));
        using var body = await OpenAsync(response, cancellationToken).ConfigureAwait(false);
        await body.CopyToAsync(whole, 81920, cancellationToken).ConfigureAwait(false);
        whole.Position = 0;
        return whole;
    }

    /// <summary>
    /// Reads what a failed call says, as far as it comes in time. Whatever happens to the body, the status is what the
    /// caller must learn: so this ends early rather than failing.
    /// </summary>
    public static async Task<(string? Text, bool IsTruncated)> ReadErrorAsync(HttpResponseMessage response, CallClock clock)
    {
        var kept = new byte[MaxKeptBytes];
        var count = 0;
        var isTruncated = false;
        var patience = clock.TimeLeft < LongestErrorBody ? clock.TimeLeft : LongestErrorBody;
        clock.Start(TogetherAITimeoutPhase.ResponseBody, patience > TimeSpan.Zero ? patience : TimeSpan.FromMilliseconds(1));
        try
        {
            using var body = await OpenAsync(response, clock.Token).ConfigureAwait(false);
            int read;
            while ((read = await body.ReadAsync(kept, count, kept.Length - count, clock.Token).ConfigureAwait(false)) > 0)
            {
                count += read;
                if (count == kept.Length)
                {
                    isTruncated = await body.ReadAsync(new byte[1], 0, 1, clock.Token).ConfigureAwait(false) > 0;
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException or ObjectDisposedException or InvalidDataException)
        {
            clock.ThrowIfCancelledByCaller(exception);
            isTruncated = true;
        }

        return (count == 0 ? null : Decode(response, kept, count), isTruncated);
    }

    private static string Decode(HttpResponseMessage response, byte[] bytes, int count)
    {
        using var reader = new StreamReader(new MemoryStream(bytes, 0, count), Charset(response), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static Encoding Charset(HttpResponseMessage response)
    {
        try
        {
            return response.Content?.Headers.ContentType?.CharSet is { Length: > 0 } name
                ? Encoding.GetEncoding(name.Trim('"'))
                : Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
