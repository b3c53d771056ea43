using NUnit.Framework;

namespace TogetherAI.Tests.Json;

/// <summary>A buffer grows to the longest array there is, and no computation of its length overflows.</summary>
public sealed class PooledBufferTests
{
    [TestCase(16, 32)]
    [TestCase(1 << 29, 1 << 30)]
    [TestCase(1 << 30, 0x7FFFFFC7)]
    [TestCase(0x7FFFFFC6, 0x7FFFFFC7)]
    public void Next_length_is_twice_as_much_or_all_there_is(int length, int next)
        => Assert.That(PooledBuffer<byte>.NextLength(length), Is.EqualTo(next));

    [Test]
    public void Longest_array_cannot_grow()
        => Assert.That(() => PooledBuffer<byte>.NextLength(Array.MaxLength), Throws.TypeOf<OutOfMemoryException>());
}
