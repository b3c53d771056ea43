using System.Text;

namespace TogetherAI.Tests.Support;

/// <summary>A stream that can only be read once, from its start to its end.</summary>
internal sealed class ForwardStream(string text) : ReadOnlyStream
{
    private readonly MemoryStream _bytes = new(Encoding.UTF8.GetBytes(text));

    public Exception? Failure { get; init; }

    public override int Read(byte[] buffer, int offset, int count)
        => Failure is null ? _bytes.Read(buffer, offset, count) : throw Failure;
}
