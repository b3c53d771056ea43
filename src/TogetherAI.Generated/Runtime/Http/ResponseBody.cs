using System.Text;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>Reads response bodies: a whole one into memory, or the beginning of one that may never end.</summary>
internal static class ResponseBody
{
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
        if (content.Headers.ContentLength is { } length)
        {
            body = new LengthCheckStream(body, length);
        }

        return content.Headers.ContentEncoding is { Count: > 0 } codings
            ? await ContentDecoding.DecodeAsync(body, codings, cancellationToken).ConfigureAwait(false)
            : body;
    }

    /// <summary>Reads all of the body.</summary>
    /// <exception cref="TogetherAIResponseTooLargeException">It is larger than it may be.</exception>
    public static async Task<PooledBuffer<byte>> ReadWholeAsync(ApiResponse response)
    {
        var cancellationToken = response.Clock.Token;
        using var closing = CloseOnCancellation(response);
        var limit = ResponseLimit.Of(response.Settings);
        var length = response.Message.Content?.Headers.ContentLength ?? UsualLength;

        if (length > limit.Bytes && response.Message.Content is { Headers.ContentEncoding.Count: 0 })
        {
            throw limit.Exceeded(response);
        }

        // One byte more, so that the read that finds the end has room.
        var whole = new PooledBuffer<byte>((int)Math.Min(length, MostToTrust) + 1);
        BeginRead(response);
        try
        {
            var body = await response.OpenBodyAsync().ConfigureAwait(false);
            while (true)
            {
                var room = whole.Room();
                var read = await body.ReadAsync(room.Array!, room.Offset, room.Count, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    response.Connection.Release();
                    return whole;
                }

                whole.Advance(read);
                if (whole.Length > limit.Bytes)
                {
                    throw limit.Exceeded(response);
                }
            }
        }
        catch
        {
            whole.Dispose();
            throw;
        }
        finally
        {
            response.Connection.EndRead();
        }
    }

    /// <summary>
    /// Reads what a failed call says, as far as it comes in time. Whatever happens to the body, the status is what the caller
    /// must learn: so this ends early rather than failing.
    /// </summary>
    public static Task<ErrorBody> ReadExcerptAsync(ApiResponse response)
        => ReadExcerptAsync(response.Message, response.Clock, response.Settings.Client.MaxErrorResponseBytes);

    /// <summary>The same for a response that nobody owns yet.</summary>
    public static async Task<ErrorBody> ReadExcerptAsync(HttpResponseMessage response, CallClock clock, int maxBytes)
    {
        clock.Start(TogetherAITimeoutPhase.ResponseBody, ErrorPatience(clock.TimeLeft));
        var error = await ReadBeginningAsync(response, maxBytes, clock.Token).ConfigureAwait(false);
        if (error.IsTruncated)
        {
            clock.ThrowIfCancelledByCaller();
        }

        return error;
    }

    /// <summary>
    /// Reads as much of a body as is kept, or as comes before it breaks off or the token is cancelled. Nobody reads the rest:
    /// where there is one, the response and its connection are closed.
    /// </summary>
    public static async Task<ErrorBody> ReadBeginningAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        using var kept = new PooledBuffer<byte>(Math.Min(maxBytes, UsualLength));
        using var closing = cancellationToken.Register(static response => CloseQuietly((IDisposable)response!), response);
        var isTruncated = false;
        var body = Stream.Null;
        try
        {
            body = await OpenAsync(response, cancellationToken).ConfigureAwait(false);
            while (!isTruncated)
            {
                // One byte more than is kept tells whether there is more.
                var room = kept.Room();
                var count = Math.Min(room.Count, maxBytes + 1 - kept.Length);
                var read = await body.ReadAsync(room.Array!, room.Offset, count, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                kept.Advance(read);
                isTruncated = kept.Length > maxBytes;
            }
        }
        catch (Exception)
        {
            isTruncated = true;
        }

        if (isTruncated)
        {
            ConnectionGuard.Close(response);
        }

        CloseQuietly(body);
        return ErrorBody.Of(kept.Items.AsSpan().Slice(0, Math.Min(kept.Length, maxBytes)), isTruncated, Charset(response));
    }

    /// <summary>How long the body of a failed call is waited for, of the time that is left.</summary>
    public static TimeSpan ErrorPatience(TimeSpan timeLeft)
        => timeLeft > LongestErrorBody ? LongestErrorBody
            : timeLeft > TimeSpan.Zero ? timeLeft
            : TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Closes a response or its body, and never fails: what the stream of a handler throws then would hide why it is closed,
    /// and on the thread of a timer end the process.
    /// </summary>
    public static void CloseQuietly(IDisposable response)
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

    // Reads that cannot be cancelled (all of them on .NET Framework) end when the response does.
    private static CancellationTokenRegistration CloseOnCancellation(ApiResponse response)
        => response.Clock.Token.Register(static connection => ((ConnectionGuard)connection!).Close(), response.Connection);

    private static void BeginRead(ApiResponse response)
    {
        if (!response.Connection.TryBeginRead())
        {
            throw new OperationCanceledException(response.Clock.Token);
        }
    }

    /// <summary>Decodes a text by the charset that the response names; otherwise as UTF-8.</summary>
    public static string Decode(HttpResponseMessage response, byte[] bytes, int count)
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
