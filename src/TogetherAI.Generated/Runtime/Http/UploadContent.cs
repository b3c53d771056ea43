using System.Net;
using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>The part of a form that is a file, for one attempt to send it.</summary>
internal sealed class UploadContent : HttpContent
{
    private const int BufferSize = 80 * 1024;

    private readonly UploadSource _source;
    private readonly long? _length;
    private readonly Action<long>? _sent;

    /// <summary>Prepares to send what there is at present.</summary>
    /// <param name="source">What is sent.</param>
    /// <param name="sent">Is told how many bytes have been sent, each time that some have.</param>
    /// <exception cref="InvalidOperationException">It cannot be read.</exception>
    public UploadContent(UploadSource source, Action<long>? sent = null)
    {
        _source = source;
        _sent = sent;
        if (source.Obstacle is { } obstacle)
        {
            throw Unreadable(new InvalidOperationException(obstacle));
        }

        _length = Try(source.Length);
        Headers.TryAddWithoutValidation("Content-Type", source.ContentType);
    }

    /// <summary>Why the caller's file could not be read; null where it could.</summary>
    public Exception? Failure { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        => SendAsync(stream, CancellationToken.None);

#if NET8_0_OR_GREATER
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        => SendAsync(stream, cancellationToken);
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = _length ?? 0;
        return _length is not null;
    }

    private async Task SendAsync(Stream target, CancellationToken cancellationToken)
    {
        var source = Try(_source.Open);
        try
        {
            // What is added while it is sent is more than its head announced.
            var left = _length ?? long.MaxValue;
            var sent = 0L;
            var buffer = new byte[BufferSize];
            while (left > 0)
            {
                var read = await ReadAsync(source, buffer, (int)Math.Min(left, buffer.Length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                await target.WriteAsync(buffer, 0, read, cancellationToken).ConfigureAwait(false);
                left -= read;
                sent += read;
                _sent?.Invoke(sent);
            }

            if (left > 0 && _length is not null)
            {
                throw Unreadable(new EndOfStreamException("The file became shorter while it was being sent."));
            }
        }
        finally
        {
            _source.Close(source);
        }
    }

    private async Task<int> ReadAsync(Stream source, byte[] buffer, int count, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, 0, count, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreadable(exception);
        }
    }

    private T Try<T>(Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception exception)
        {
            throw Unreadable(exception);
        }
    }

    private InvalidOperationException Unreadable(Exception cause)
    {
        var failure = new InvalidOperationException($"The file to upload could not be read: {ErrorText.Sentence(cause.Message)}", cause);
        Failure = failure;
        return failure;
    }
}
