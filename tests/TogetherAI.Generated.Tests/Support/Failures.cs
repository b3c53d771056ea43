using NUnit.Framework;

namespace TogetherAI.Tests.Support;

/// <summary>Gets the exception of a call that must fail.</summary>
public static class Failures
{
    public static async Task<TException> Of<TException>(Func<Task> call)
        where TException : Exception
    {
        try
        {
            await call();
        }
        catch (TException exception)
        {
            return exception;
        }

        throw new AssertionException($"The call did not fail with {typeof(TException).Name}.");
    }

    /// <summary>Reads a stream of texts up to its failure.</summary>
    public static async Task<(List<string> Texts, TException Exception)> After<TException>(IAsyncEnumerable<string> stream)
        where TException : Exception
    {
        var texts = new List<string>();
        var exception = await Of<TException>(async () =>
        {
            await foreach (var text in stream)
            {
                texts.Add(text);
            }
        });
        return (texts, exception);
    }
}
