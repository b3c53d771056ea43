using Microsoft.Win32.SafeHandles;

namespace TogetherAI.Cli.Output;

/// <summary>Standard output that reports a closed pipe, so that the tool can stop instead of writing into the void.</summary>
internal sealed class StandardOutput(Stream inner) : Stream
{
    /// <summary>The error of a pipe that nobody reads any more.</summary>
    public const int BrokenPipe = 32;

    public static StandardOutput Open() => new(OpenPipe() ?? Console.OpenStandardOutput());

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException exception) when (exception.HResult == BrokenPipe)
        {
            throw new OutputClosedException(exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Standard output cannot be written: {exception.Message}", exception);
        }
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // The console's own stream hides that a pipe was closed. It is right for everything else: a file stream would write
    // to a file by positions of its own, beside other programs that write there.
    private static FileStream? OpenPipe()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return null;
        }

        var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return output.CanSeek ? null : output;
    }
}
