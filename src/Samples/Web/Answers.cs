using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace TogetherAI.Samples.Web;

/// <summary>The answer to a question as events for a browser.</summary>
internal static class Answers
{
    /// <summary>Gives text as it arrives, and an event at the end that says how it ended: a browser asks again after a stream without one.</summary>
    public static async IAsyncEnumerable<SseItem<string>> Of(string question, ITogetherAIChatClient chat, [EnumeratorCancellation] CancellationToken aborted = default)
    {
        var request = new ChatCompletionRequest("openai/gpt-oss-20b", [ChatCompletionMessage.FromUser(question)]);

        // All that arrived together is one event, so that a fast model does not cost a write for each token.
        await using var batches = chat.StreamTokensAsync(request, aborted).InBatchesAsync(cancellationToken: aborted).GetAsyncEnumerator(CancellationToken.None);
        while (true)
        {
            string? failure = null;
            var isText = false;
            try
            {
                isText = await batches.MoveNextAsync();
            }
            catch (TogetherAIException exception)
            {
                // A visitor learns that it failed, and what the service said, if it said something.
                failure = exception.ServerMessage ?? "The model gave no response.";
            }

            if (!isText)
            {
                yield return failure is null ? new("", "done") : new(failure, "failed");
                yield break;
            }

            yield return new(string.Concat(batches.Current));
        }
    }
}
