using System.Runtime.CompilerServices;
using TogetherAI.Runtime.Http;

namespace TogetherAI;

// Two operations together, which the document cannot describe.
public sealed partial class TogetherAIFineTuningClient
{
    /// <inheritdoc/>
    public IAsyncEnumerable<FineTuningEvent> WaitForEventsAsync(
        string id,
        TogetherAIWaitOptions? wait = null,
        TogetherAIRequestOptions? options = null,
        CancellationToken cancellationToken = default)
        => EventsAsync(id ?? throw new ArgumentNullException(nameof(id)), wait ?? new TogetherAIWaitOptions { Timeout = Timeout.InfiniteTimeSpan }, options, cancellationToken);

    private async IAsyncEnumerable<FineTuningEvent> EventsAsync(
        string id, TogetherAIWaitOptions wait, TogetherAIRequestOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = 0;
        // After the job has ended, its events are listed once more: the last ones come with its end.
        await foreach (var job in _pipeline.PollAsync<FineTuningJob>(() => RetrieveCall(id, options), wait, cancellationToken).ConfigureAwait(false))
        {
            var events = (await ListEventsAsync(job.Id, options, cancellationToken).ConfigureAwait(false)).Data;
            for (; known < events.Count; known++)
            {
                yield return events[known];
            }
        }
    }
}
