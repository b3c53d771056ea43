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
        => new EventEnumerator<T>(() => OpenAsync(cancellationToken), _createReader(_call.Operation.Stream!));

    private async Task<ApiResponse> OpenAsync(CancellationToken enumerationToken)
    {
        var clock = new CallClock(_settings.Client.TimeProvider, _cancellationToken, enumerationToken);
        try
        {
            return await _pipeline.OpenAsync(_call, _settings, clock, streaming: true).ConfigureAwait(false);
        }
        catch
        {
            clock.Dispose();
            throw;
        }
    }
}
