using NUnit.Framework;

namespace TogetherAI.Tests.Chat;

/// <summary>An answer that is read after every chunk costs no more than its text.</summary>
public sealed class GrowingAnswerTests
{
    [Test]
    public void Text_that_has_not_grown_is_not_made_anew()
    {
        var answer = new ChatCompletionAccumulator();
        answer.Add(Chunk("Hi"));
        var text = answer.Text;

        answer.Add(new ChatCompletionChunk());

        Assert.That(answer.Text, Is.EqualTo("Hi").And.SameAs(text));
    }

    [Test]
    public void Memory_of_the_text_stays_what_it_was()
    {
        var answer = new ChatCompletionAccumulator();
        var before = answer.TextMemory;
        var pieces = new List<ReadOnlyMemory<char>>();
        for (var i = 0; i < 1000; i++)
        {
            answer.Add(Chunk("ab"));
            pieces.Add(answer.TextMemory);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.IsEmpty, Is.True);
            Assert.That(pieces.Select(piece => piece.Length), Is.EqualTo(Enumerable.Range(1, 1000).Select(i => 2 * i)));
            Assert.That(pieces[10].ToString(), Is.EqualTo(string.Concat(Enumerable.Repeat("ab", 11))));
            Assert.That(answer.TextMemory.ToString(), Is.EqualTo(answer.Text));
        }
    }

#if NET8_0_OR_GREATER
    // Twice the chunks are twice the work, not four times.
    [Test]
    public void Reading_after_every_chunk_allocates_in_proportion_to_the_text()
    {
        var chunk = Chunk("token ");

        var once = Allocated(chunk, 4_000);
        var twice = Allocated(chunk, 8_000);

        Assert.That(twice, Is.LessThan(once * 3));
    }

    private static long Allocated(ChatCompletionChunk chunk, int count)
    {
        var answer = new ChatCompletionAccumulator();
        var length = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
        {
            answer.Add(chunk);
            length += answer.TextMemory.Length;
        }

        Assert.That(length, Is.Positive);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
#endif

    private static ChatCompletionChunk Chunk(string text)
        => new() { Choices = [new ChatCompletionChunkChoice { Index = 0, Delta = new ChatCompletionDelta { Content = text } }] };
}
