using System.Diagnostics.CodeAnalysis;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Http;

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

    // Ends the calls that run, as disposing an HttpClient ends its own; null over an HttpClient of the caller.
    private readonly CancellationTokenSource? _disposal;

    private ApiPipeline(HttpClient httpClient, bool ownsHttpClient, IClientOptions options)
    {
        _httpClient = httpClient;
        _ownsHttpClient = ownsHttpClient;
        _disposal = ownsHttpClient ? new CancellationTokenSource() : null;
        _settings = new ClientSettings(options, httpClient);
        _retries = new RetryPolicy(_settings.TimeProvider);
    }

    private ApiPipeline(ApiPipeline shared)
    {
        _httpClient = shared._httpClient;
        _disposal = shared._disposal;
        _settings = shared._settings;
        _retries = shared._retries;
    }

    public static ApiPipeline Create(IClientOptions options)
        => new(DefaultHttpClient.Create(), ownsHttpClient: true, options);

    public static ApiPipeline Over(HttpClient httpClient, IClientOptions options)
        => new(httpClient ?? throw new ArgumentNullException(nameof(httpClient)), ownsHttpClient: false, options);

    /// <summary>The same pipeline for clients that share it, none of which closes its HTTP stack.</summary>
    public ApiPipeline Shared() => new(this);

    /// <summary>Sends a call whose response has nothing to read.</summary>
    public async Task SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(call, streaming: false, cancellationToken).ConfigureAwait(false);
        response.Record?.Complete();
    }

    /// <summary>Sends a call and reads its whole response.</summary>
    public Task<TResponse> SendAsync<[DynamicallyAccessedMembers(ReadableTypes.Members)] TResponse>(ApiCall call, CancellationToken cancellationToken)
        => SendAsync(
            call,
            static (body, response, call) => call.Operation.MayBeEmpty && body.Length == 0 ? default! : Read<TResponse>(body, response),
            cancellationToken);

    /// <summary>Sends a call whose response is a text.</summary>
    public Task<string> SendTextAsync(ApiCall call, CancellationToken cancellationToken)
        => SendAsync(call, static (body, response, _) => ResponseBody.Decode(response.Message, body.Items.Array!, body.Length), cancellationToken);

    /// <summary>Sends a call whose response is taken as it is, unless it reports a failure.</summary>
    /// <param name="call">The call.</param>
    /// <param name="create">Makes what is returned of the bytes of the response.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<TResult> SendRawAsync<TResult>(ApiCall call, Func<byte[], ApiResponse, TResult> create, CancellationToken cancellationToken)
        => SendAsync(
            call,
            (body, response, _) =>
            {
                response.Record?.ReadWhole(body);
                WholeResponse.RequireSuccess(body, response);
                return create(body.Items.ToArray(), response);
            },
            cancellationToken);

    private async Task<TResult> SendAsync<TResult>(ApiCall call, Func<PooledBuffer<byte>, ApiResponse, ApiCall, TResult> read, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(call, streaming: false, cancellationToken).ConfigureAwait(false);
        try
        {
            using var body = await ReadBodyAsync(response).ConfigureAwait(false);
            var result = read(body, response, call);
            response.Record?.Complete();
            return result;
        }
        catch (Exception exception)
        {
            response.Record?.Failed(exception);
            throw;
        }
    }

    /// <summary>Sends a call until its response headers are there and say success.</summary>
    public Task<ApiResponse> OpenAsync(ApiCall call, bool streaming, CancellationToken cancellationToken)
        => OpenAsync(call, Settings(call, streaming), Clock(call, cancellationToken), streaming);

    /// <summary>
    /// Sends a call until its response headers are there and say success. Takes over the clock, whatever happens; a body that it
    /// is given stays its owner's.
    /// </summary>
    public async Task<ApiResponse> OpenAsync(ApiCall call, CallSettings settings, CallClock clock, bool streaming, IRequestBody? body = null)
    {
        var record = CallRecord.Start(call, settings);
        try
        {
            return await OpenAsync(call, settings, clock, streaming, body, record).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            record?.Failed(exception);
            clock.Dispose();
            record?.End();
            throw;
        }
    }

    private async Task<ApiResponse> OpenAsync(ApiCall call, CallSettings settings, CallClock clock, bool streaming, IRequestBody? body, CallRecord? record)
    {
        clock.Start(TogetherAITimeoutPhase.ResponseHeaders, settings.Timeout);
        using var attempts = new CallAttempts(call, settings, clock, streaming, body, record);
        ApiResponse? response = null;
        try
        {
            record?.Begins(attempts);
            clock.ThrowIfCancelledByCaller();
            response = await ReceiveAsync(attempts, settings, clock, record).ConfigureAwait(false);
            if (call.Operation.IsRedirected)
            {
                UploadRedirect.RequireOwnResponse(response);
            }

            if (!response.Message.IsSuccessStatusCode && !(call.Operation.IsRedirected && UploadRedirect.IsRedirect(response)))
            {
                throw await StatusErrorAsync(response, attempts).ConfigureAwait(false);
            }

            record?.Opened(response);
            settings.Client.Listener?.OnResponse(response);
            call.Options?.OnResponse(response);
            return response;
        }
        catch (Exception exception)
        {
            record?.Failed(exception, attempts.Count);
            response?.Dispose();
            throw;
        }
    }

    public TimeProvider TimeProvider => _settings.TimeProvider;

    public ServiceProfile Profile => _settings.Profile;

    /// <summary>Waits between two calls, unless the caller cancels or the client is disposed.</summary>
    public async Task DelayAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposal?.Token ?? default);
        try
        {
#if NET8_0_OR_GREATER
            await Task.Delay(time, TimeProvider, either.Token).ConfigureAwait(false);
#else
            await TimeProvider.Delay(time, either.Token).ConfigureAwait(false);
#endif
        }
        catch (OperationCanceledException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new OperationCanceledException("The client was disposed while the call was running.", exception);
        }
    }

    /// <summary>What holds for a call.</summary>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    public CallSettings Settings(ApiCall call, bool streaming)
    {
        if (!call.IsRaw && call.Operation.StreamFlag is { } flag)
        {
            call.Query(flag, streaming);
        }

        return new CallSettings(_settings, _httpClient, call);
    }

    /// <summary>A clock for one call, which its caller can cancel by either token or, where it goes over the client's own HTTP stack, by disposing the client.</summary>
    /// <exception cref="ObjectDisposedException">The client was disposed, and its HTTP stack with it.</exception>
    public CallClock Clock(ApiCall call, CancellationToken caller, CancellationToken secondCaller = default)
    {
        var disposal = call.Options?.HttpClient is null && _disposal is not null ? _disposal.Token : default;
        return disposal.IsCancellationRequested
            ? throw new ObjectDisposedException(objectName: null, "The client was disposed.")
            : new CallClock(_settings.TimeProvider, caller, secondCaller, disposal);
    }

    public void Dispose()
    {
        if (_ownsHttpClient)
        {
            // Not disposed itself: a call that begins in this moment asks it for its token.
            _disposal!.Cancel();
            _httpClient.Dispose();
        }
    }

    private static TResponse Read<[DynamicallyAccessedMembers(ReadableTypes.Members)] TResponse>(PooledBuffer<byte> body, ApiResponse response)
    {
        response.Record?.ReadWhole(body);
        try
        {
            return WholeResponse.Read<TResponse>(body, response);
        }
        catch (OperationCanceledException exception) when (CallErrors.InsideResponse(exception, response) is { } error)
        {
            throw error;
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
        var body = await attempts.ReadExcerptAsync(message).ConfigureAwait(false);
        var details = FailureDetails.From(
            message,
            attempts.Profile,
            attempts.SecretsOf(message),
            settings.Client.TimeProvider.GetUtcNow(),
            attempts.Count,
            body.Text is { } text ? ServerError.Parse(text, attempts.Profile) : null,
            body,
            mayHaveActed: !attempts.IsIdempotent && RetryPolicy.LeavesOpen(message.StatusCode));
        return StatusErrors.Create(details, settings.Url, attempts.Profile);
    }

    // Sends a call until the headers of its last response are there.
    private async Task<ApiResponse> ReceiveAsync(CallAttempts attempts, CallSettings settings, CallClock clock, CallRecord? record)
    {
        try
        {
            var message = await _retries.SendAsync(attempts, clock.Token).ConfigureAwait(false);
            return new ApiResponse(message, settings, clock, attempts, record);
        }
        catch (Exception exception) when (CallErrors.BeforeResponse(exception, attempts, settings, clock) is { } error)
        {
            throw error;
        }
    }
}
