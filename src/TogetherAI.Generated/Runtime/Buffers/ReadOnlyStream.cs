using System.Buffers;

namespace TogetherAI.Runtime.Buffers;

/// <summary>
/// What every stream has in common that can only be read, from its beginning to its end. Whatever method of
/// <see cref="Stream"/> it is read with, memory is rented only while there are bytes to put into it.
/// </summary>
internal abstract class ReadOnlyStream : Stream
{
    // As much as the usual HTTP stacks have at hand.
    private const int CopySize = 16 * 1024;

    // Some streams of handlers refuse to read nothing, which others take as the question whether there is something.
    private bool _cannotWait;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Copies the rest of the stream. While it is silent, it keeps no memory for what may come.</summary>
    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        RequireDestination(destination, bufferSize);
        while (true)
        {
            await WaitAsync(cancellationToken).ConfigureAwait(false);
            var buffer = ArrayPool<byte>.Shared.Rent(CopySize);
            try
            {
#if NET8_0_OR_GREATER
                var count = await ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                await destination.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
#else
                var count = await ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
                await destination.WriteAsync(buffer, 0, count, cancellationToken).ConfigureAwait(false);
#endif
                if (count == 0)
                {
                    return;
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

#if NET8_0_OR_GREATER
    /// <summary>See <see cref="CopyToAsync"/>.</summary>
    public override void CopyTo(Stream destination, int bufferSize)
    {
        RequireDestination(destination, bufferSize);
        while (true)
        {
            Wait();
            var buffer = ArrayPool<byte>.Shared.Rent(CopySize);
            try
            {
                var count = Read(buffer, 0, buffer.Length);
                if (count == 0)
                {
                    return;
                }

                destination.Write(buffer, 0, count);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    private void Wait()
    {
        if (_cannotWait)
        {
            return;
        }

        try
        {
            _cannotWait = Read([], 0, 0) != 0;
        }
        catch (ArgumentException)
        {
            _cannotWait = true;
        }
    }
#endif

    private static void RequireDestination(Stream destination, int bufferSize)
    {
        _ = destination ?? throw new ArgumentNullException(nameof(destination));
        if (bufferSize <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(bufferSize), "The size of the buffer must be positive.");
        }

        if (!destination.CanWrite)
        {
            throw new NotSupportedException("The destination stream is not writable.");
        }
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (_cannotWait)
        {
            return;
        }

        try
        {
#if NET8_0_OR_GREATER
            _cannotWait = await ReadAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false) != 0;
#else
            _cannotWait = await ReadAsync([], 0, 0, cancellationToken).ConfigureAwait(false) != 0;
#endif
        }
        catch (ArgumentException)
        {
            _cannotWait = true;
        }
    }
}
