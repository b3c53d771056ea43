using TogetherAI.Runtime.Http;

namespace TogetherAI.Runtime.Streaming;

/// <summary>The values of a stream. Each enumeration sends the request.</summary>
internal sealed class EventSequence<T> : IAsyncEnumerable<T>
    where T : class
{
    private readonly ApiPipeline _pipeline;
    private readonly ApiCall _call;
    private readonly CallSettings _settings;
    private readonly IRequestBody? _body;
    private readonly Func<StreamFormat, ChunkReader<T>> _createReader;
    private readonly CancellationToken _cancellationToken;

    public EventSequence(ApiPipeline pipeline, ApiCall call, Func<StreamFormat, ChunkReader<T>> createReader, CancellationToken cancellationToken)
    {
        _pipeline = pipeline;
        _call = call;
        _settings = pipeline.Settings(call, streaming: true);
        _body = call.CreateBody(streaming: true);
        (_body as JsonBody)?.Trim();
        _createReader = createReader;
        _cancellationToken = cancellationToken;
    }

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        => new EventEnumerator<T>(
            () => _pipeline.Clock(_call, _cancellationToken, cancellationToken),
            clock => _pipeline.OpenAsync(_call, _settings, clock, streaming: true, _body),
            _createReader(StreamCalls.FormatOf(_call)));
}
