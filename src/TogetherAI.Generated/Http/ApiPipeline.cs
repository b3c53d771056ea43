namespace TogetherAI;

/// <summary>
/// The way of every call, whole or streamed: settings, request, retries, status, and then either the whole body or the
/// open response. There is no second way.
/// </summary>
internal sealed class ApiPipeline : IDisposable
{
    private readonly HttpClient _httpClient;
    private readonly bool _ownsHttpClient;
    private readonly ClientSettings _settings;
    private readonly RetryPolicy _retries;

    private ApiPipeline(HttpClient httpClient, bool ownsHttpClient, TogetherAIOptions? options)
    {
        _httpClient = httpClient;
        _ownsHttpClient = ownsHttpClient;
        _settings = new ClientSettings(options, httpClient);
        _retries = new RetryPolicy(_settings.TimeProvider);
    }

    private ApiPipeline(ApiPipeline shared)
    {
        _httpClient = shared._httpClient;
        _settings = shared._settings;
        _retries = shared._retries;
    }

    public static ApiPipeline Create(TogetherAIOptions? options)
        => new(DefaultHttpClient.Create(), ownsHttpClient: true, options);

    public static ApiPipeline Over(HttpClient httpClient, TogetherAIOptions? options)
        => new(httpClient ?? throw new ArgumentNullException(nameof(httpClient)), ownsHttpClient: false, options);

    /// <summary>The same pipeline for clients that share it, none of which closes its HTTP stack.</summary>
    public ApiPipeline Shared() => new(this);

    /// <summary>Sends a call whose response has nothing to read.</summary>
    public async Task SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(call, Settings(call, streaming: false), Clock(cancellationToken), streaming: false).ConfigureAwait(false);
    }

    /// <summary>Sends a call and reads its whole response.</summary>
    public async Task<TResponse> SendAsync<TResponse>(ApiCall call, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(call, Settings(call, streaming: false), Clock(cancellationToken), streaming: false).ConfigureAwait(false);
        using var body = await ReadBodyAsync(response).ConfigureAwait(false);
        try
        {
            return call.Operation.MayBeEmpty && body.Length == 0 ? default! : WholeResponse.Read<TResponse>(body, response);
        }
        catch (OperationCanceledException exception) when (CallErrors.InsideResponse(exception, response) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Sends a call whose response is a text.</summary>
    public async Task<string> SendTextAsync(ApiCall call, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(call, Settings(call, streaming: false), Clock(cancellationToken), streaming: false).ConfigureAwait(false);
        using var body = await ReadBodyAsync(response).ConfigureAwait(false);
        return ResponseBody.Decode(response.Message, body.Items.Array!, body.Length);
    }

    /// <summary>Sends a call and gives out the bytes of the event stream as they come.</summary>
    public Task<Stream> StreamBytesAsync(ApiCall call, CancellationToken cancellationToken)
        => OpenStreamAsync(call, streaming: true, cancellationToken);

    /// <summary>Sends a call whose response is a file, and gives out its bytes as they come.</summary>
    public Task<Stream> DownloadAsync(ApiCall call, CancellationToken cancellationToken)
        => OpenStreamAsync(call, streaming: false, cancellationToken);

    /// <summary>The events of a call as objects. Each enumeration sends the request.</summary>
    public IAsyncEnumerable<TChunk> StreamAsync<TChunk>(ApiCall call, CancellationToken cancellationToken)
        where TChunk : class
        => new EventSequence<TChunk>(this, call, Settings(call, streaming: true), static format => new ObjectChunkReader<TChunk>(format), cancellationToken);

    /// <summary>The events of a call as a union whose types differ by the names of the events. Each enumeration sends the request.</summary>
    public IAsyncEnumerable<TUnion> StreamAsync<TUnion>(ApiCall call, NamedEventReading<TUnion> read, CancellationToken cancellationToken)
        where TUnion : class
        => new EventSequence<TUnion>(this, call, Settings(call, streaming: true), format => new NamedChunkReader<TUnion>(format, read), cancellationToken);

    /// <summary>The texts of a call's events. Each enumeration sends the request.</summary>
    public IAsyncEnumerable<string> StreamTokensAsync(ApiCall call, CancellationToken cancellationToken)
        => new EventSequence<string>(this, call, Settings(call, streaming: true), static format => new TextChunkReader(format), cancellationToken);

    /// <summary>Sends a call until its response headers are there and say success. Takes over the clock, whatever happens.</summary>
    public async Task<ApiResponse> OpenAsync(ApiCall call, CallSettings settings, CallClock clock, bool streaming)
    {
        try
        {
            clock.ThrowIfCancelledByCaller();
            clock.Start(TogetherAITimeoutPhase.ResponseHeaders, settings.Timeout);
            using var attempts = new CallAttempts(call, settings, clock, streaming);
            var response = await ReceiveAsync(attempts, settings, clock).ConfigureAwait(false);
            try
            {
                if (!response.Message.IsSuccessStatusCode)
                {
                    throw await StatusErrorAsync(response, attempts).ConfigureAwait(false);
                }

                call.Options?.ResponseReceived?.Invoke(TogetherAIResponseInfo.Read(response));
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
        catch
        {
            clock.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_ownsHttpClient)
        {
            _httpClient.Dispose();
        }
    }

    private static async Task<PooledBuffer<byte>> ReadBodyAsync(ApiResponse response)
    {
        try
        {
            response.Clock.EnterPhase(TogetherAITimeoutPhase.ResponseBody);
            return await ResponseBody.ReadWholeAsync(response).ConfigureAwait(false);
        }
        catch (Exception exception) when (CallErrors.InsideResponse(exception, response) is { } error)
        {
            throw error;
        }
    }

    private static async Task<TogetherAIException> StatusErrorAsync(ApiResponse response, CallAttempts attempts)
    {
        var (message, settings) = (response.Message, response.Settings);
        var (text, isTruncated) = await attempts.ReadErrorAsync(message).ConfigureAwait(false);
        var details = FailureDetails.From(
            message,
            attempts.SecretsOf(message),
            settings.Client.TimeProvider.GetUtcNow(),
            attempts.Count,
            text is null ? null : ServerError.Parse(text),
            text,
            isTruncated,
            mayHaveActed: !attempts.IsIdempotent && RetryPolicy.LeavesOpen(message.StatusCode));
        return StatusErrors.Create(details, settings.Url);
    }

    private CallSettings Settings(ApiCall call, bool streaming)
    {
        if (call.Operation.Stream is { QueryFlag.Length: > 0 } stream)
        {
            call.Query(stream.QueryFlag, streaming);
        }

        return new CallSettings(_settings, _httpClient, call);
    }

    private CallClock Clock(CancellationToken cancellationToken) => new(_settings.TimeProvider, cancellationToken);

    // Sends a call until the headers of its last response are there.
    private async Task<ApiResponse> ReceiveAsync(CallAttempts attempts, CallSettings settings, CallClock clock)
    {
        try
        {
            var message = await _retries.SendAsync(attempts, clock.Token).ConfigureAwait(false);
            return new ApiResponse(message, settings, clock, attempts);
        }
        catch (Exception exception) when (CallErrors.BeforeResponse(exception, attempts, settings, clock) is { } error)
        {
            throw error;
        }
    }

    private async Task<Stream> OpenStreamAsync(ApiCall call, bool streaming, CancellationToken cancellationToken)
    {
        var response = await OpenAsync(call, Settings(call, streaming), Clock(cancellationToken), streaming).ConfigureAwait(false);
        try
        {
            if (streaming)
            {
                await EventStreamCheck.RequireForBytesAsync(response, call.Operation.Stream!).ConfigureAwait(false);
                return await ResponseStream.OpenBytesAsync(response, call.Operation.Stream!).ConfigureAwait(false);
            }

            await FileCheck.RequireAsync(response, call.Operation.Accept).ConfigureAwait(false);
            var stream = await ResponseStream.OpenFileAsync(response).ConfigureAwait(false);
            return await FileCheck.RequireAsync(stream, response).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
