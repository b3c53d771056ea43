namespace TogetherAI;

/// <summary>The values of a stream. Each enumeration sends the request.</summary>
internal sealed class EventSequence<T> : IAsyncEnumerable<T>
    where T : class
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
        => new EventEnumerator<T>(
            () => new CallClock(_settings.Client.TimeProvider, _cancellationToken, cancellationToken),
            clock => _pipeline.OpenAsync(_call, _settings, clock, streaming: true),
            _createReader(_call.Operation.Stream!));
}
