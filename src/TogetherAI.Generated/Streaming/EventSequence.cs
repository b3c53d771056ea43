using System.Net.ServerSentEvents;

namespace TogetherAI;

/// <summary>
/// The values of a stream. Each enumeration sends the request, owns the response, and closes it when it ends, early or
/// not.
/// </summary>
internal sealed class EventSequence<T> : IAsyncEnumerable<T>
{
    private readonly ApiPipeline _pipeline;
    private readonly ApiCall _call;
    private readonly CallSettings _settings;
    private readonly Func<StreamFormat, ChunkReader<T>> _createReader;
    private readonly CancellationToken _cancellationToken;

    public EventSequence(
        ApiPipeline pipeline,
        ApiCall call,
        CallSettings settings,
        Func<StreamFormat, ChunkReader<T>> createReader,
        CancellationToken cancellationToken)
    {
        _pipeline = pipeline;
        _call = call;
        _settings = settings;
        _createReader = createReader;
        _cancellationToken = cancellationToken;
    }

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        => EnumerateAsync(cancellationToken);

    private async IAsyncEnumerator<T> EnumerateAsync(CancellationToken enumerationToken)
    {
        using var clock = new CallClock(_settings.Client.TimeProvider, _cancellationToken, enumerationToken);
        using var response = await _pipeline.OpenAsync(_call, _settings, clock, streaming: true).ConfigureAwait(false);
        await EventStreamCheck.RequireAsync(response).ConfigureAwait(false);

        using var stream = await ResponseStream.OpenAsync(response).ConfigureAwait(false);
        var reader = _createReader(_call.Operation.Stream!);
        var events = SseParser.Create(reader.Attach(response, stream), reader.Read);
        await foreach (var item in events.EnumerateAsync(CancellationToken.None).ConfigureAwait(false))
        {
            clock.ThrowIfCancelledByCaller();
            if (item.Data.Kind == StreamEventKind.Done)
            {
                // Without waiting for the server to close: some keep the connection open.
                stream.Complete();
                yield break;
            }

            if (item.Data.Kind == StreamEventKind.Value)
            {
                yield return item.Data.Value!;
            }
        }

        if (reader.AtEnd() is { } incomplete)
        {
            throw incomplete;
        }
    }
}
