using System.Text;

namespace TogetherAI.Tests.Support;

/// <summary>A stream that can only be read once, from its start to its end.</summary>
internal sealed class ForwardStream(string text) : ReadOnlyStream
{
    private readonly MemoryStream _bytes = new(Encoding.UTF8.GetBytes(text));

    public Exception? Failure { get; init; }

    public int LargestRead { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        LargestRead = Math.Max(LargestRead, count);
        return Failure is null ? _bytes.Read(buffer, offset, count) : throw Failure;
    }
}
