using System.Globalization;
using System.Text;

namespace TogetherAI;

/// <summary>Reads response bodies: a whole one into memory, or the beginning of one that may never end.</summary>
internal static class ResponseBody
{
    /// <summary>How much of the body of a failed call is kept.</summary>
    public const int MaxKeptBytes = 64 * 1024;

    // For a body that does not say how long it is; and how much of what one says is believed before it comes.
    private const int UsualLength = 16 * 1024;
    private const int MostToTrust = 1024 * 1024;

    private static readonly TimeSpan LongestErrorBody = TimeSpan.FromSeconds(10);

    /// <summary>Opens the body, with its content codings undone.</summary>
    public static async Task<Stream> OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content is not { } content)
        {
            return Stream.Null;
        }

#if NET8_0_OR_GREATER
        var body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
        var body = await content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
        return content.Headers.ContentEncoding is { Count: > 0 } codings
            ? await ContentDecoding.DecodeAsync(body, codings, cancellationToken).ConfigureAwait(false)
            : body;
    }

    /// <summary>Reads all of the body.</summary>
    /// <exception cref="TogetherAIInvalidResponseException">It is larger than the HTTP stack allows.</exception>
    public static async Task<PooledBuffer<byte>> ReadWholeAsync(ApiResponse response)
    {
        var cancellationToken = response.Clock.Token;
        using var closing = CloseOnCancellation(response.Message, cancellationToken);
        var limit = response.Settings.HttpClient.MaxResponseContentBufferSize;
        var length = response.Message.Content?.Headers.ContentLength ?? UsualLength;

        // One byte more, so that the read that finds the end has room.
        var whole = new PooledBuffer<byte>((int)Math.Min(length, MostToTrust) + 1);
        try
        {
            using var body = await OpenAsync(response.Message, cancellationToken).ConfigureAwait(false);
            while (true)
            {
                var room = whole.Room();
                var read = await body.ReadAsync(room.Array!, room.Offset, room.Count, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return whole;
                }

                whole.Advance(read);
                if (whole.Length > limit)
                {
                    throw TooLarge(response, limit);
                }
            }
        }
        catch
        {
            whole.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads what a failed call says, as far as it comes in time. Whatever happens to the body, the status is what the caller
    /// must learn: so this ends early rather than failing.
    /// </summary>
    public static async Task<(string? Text, bool IsTruncated)> ReadErrorAsync(HttpResponseMessage response, CallClock clock)
    {
        var patience = clock.TimeLeft < LongestErrorBody ? clock.TimeLeft : LongestErrorBody;
        clock.Start(TogetherAITimeoutPhase.ResponseBody, patience > TimeSpan.Zero ? patience : TimeSpan.FromMilliseconds(1));
        var error = await ReadBeginningAsync(response, clock.Token).ConfigureAwait(false);
        if (error.IsTruncated)
        {
            clock.ThrowIfCancelledByCaller();
        }

        return error;
    }

    /// <summary>Reads as much of a body as is kept, or as comes before it breaks off or the token is cancelled.</summary>
    public static async Task<(string? Text, bool IsTruncated)> ReadBeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var kept = new byte[MaxKeptBytes];
        var count = 0;
        var isTruncated = false;
        using var closing = CloseOnCancellation(response, cancellationToken);
        try
        {
            using var body = await OpenAsync(response, cancellationToken).ConfigureAwait(false);
            int read;
            while ((read = await body.ReadAsync(kept, count, kept.Length - count, cancellationToken).ConfigureAwait(false)) > 0)
            {
                count += read;
                if (count == kept.Length)
                {
                    isTruncated = await body.ReadAsync(new byte[1], 0, 1, cancellationToken).ConfigureAwait(false) > 0;
                    break;
                }
            }
        }
        catch (Exception)
        {
            isTruncated = true;
        }

        return (count == 0 ? null : Decode(response, kept, count), isTruncated);
    }

    /// <summary>
    /// Closes a response or its body, and never fails: what the stream of a handler throws then would hide why it is closed,
    /// and on the thread of a timer end the process.
    /// </summary>
    public static void Close(IDisposable response)
    {
        try
        {
            response.Dispose();
        }
        catch (Exception)
        {
            // Nobody reads it any more.
        }
    }

    private static TogetherAIInvalidResponseException TooLarge(ApiResponse response, long limit)
    {
        var bytes = limit.ToString(CultureInfo.InvariantCulture);
        return new TogetherAIInvalidResponseException(
            $"The response of {ErrorText.Address(response.Settings.Url)} is larger than {bytes} bytes (MaxResponseContentBufferSize of the HttpClient).",
            response.Details());
    }

    // Reads that cannot be cancelled (all of them on .NET Framework) end when the response does.
    private static CancellationTokenRegistration CloseOnCancellation(HttpResponseMessage response, CancellationToken cancellationToken)
        => cancellationToken.Register(static response => Close((IDisposable)response!), response);

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
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }
}
