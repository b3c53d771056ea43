using System.Text.Json;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Json;
using TogetherAI.Runtime.Telemetry;

namespace TogetherAI.Runtime.Http;

/// <summary>What came in one call, for whoever wants to be told. A call of which nobody asks has none.</summary>
/// <remarks>Invariant: it ends once, after everything that the call held is closed.</remarks>
internal sealed partial class CallRecord
{
    private readonly TimeProvider _time;
    private readonly CallSettings _settings;
    private readonly Action<CallRecord>? _completed;
    private readonly ServiceTelemetry _service;
    private readonly long _start;
    private byte[]?[]? _usage;
    private List<string>? _finishReasonsOfWhole;
    private IReadOnlyDictionary<int, string>? _finishReasonsOfStream;
    private CallAttempts? _sent;
    private int _hasEnded;

    private CallRecord(ApiCall call, CallSettings settings, Action<CallRecord>? completed)
    {
        Method = call.Operation.Method;
        _settings = settings;
        _service = settings.Client.Profile.Telemetry;
        _time = settings.Client.TimeProvider;
        _completed = completed;
        _start = _time.GetTimestamp();
    }

    public HttpMethod Method { get; }

    /// <summary>The address as others may see it.</summary>
    public string PublicUrl => _sent?.PublicUrl ?? new Secrets(_settings, sent: null).HideIn(_settings.Url);

    /// <summary>Begins the record of a call; null where nobody asks for one.</summary>
    public static CallRecord? Start(ApiCall call, CallSettings settings)
    {
        var completed = settings.Client.Listener?.Ended + call.Options?.Ended;
        var hasListeners = false;
        LookForListeners(settings.Client.Profile.Telemetry, ref hasListeners);
        return completed is not null || hasListeners ? new CallRecord(call, settings, completed) : null;
    }

    /// <summary>The response; null where none with success came.</summary>
    public ApiResponse? Response { get; private set; }

    public int Attempts { get; private set; }

    public int Events { get; private set; }

    public long Bytes { get; private set; }

    public TimeSpan Duration { get; private set; }

    public TimeSpan? TimeToFirstEvent { get; private set; }

    public string? FinishReason { get; private set; }

    public IReadOnlyDictionary<string, string> Trailers { get; private set; } = FailureDetails.NoHeaders;

    public Exception? Failure { get; private set; }

    /// <summary>Whether all came that was asked for.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The id that the response gives itself.</summary>
    public string? Id { get; private set; }

    /// <summary>The model that made the response, as it says.</summary>
    public string? Model { get; private set; }

    /// <summary>Why generation of each result ended, also of a response that is no stream; empty where it does not say.</summary>
    public IEnumerable<string> FinishReasons
        => _finishReasonsOfWhole
            ?? (_finishReasonsOfStream is { Count: > 0 } results ? results.OrderBy(static result => result.Key).Select(static result => result.Value)
                : FinishReason is { } one ? [one]
                : []);

    /// <summary>The usage as JSON, the last of each place that has one, in the order of the profile's places.</summary>
    public IEnumerable<byte[]> Usage => _usage?.OfType<byte[]>() ?? [];

    /// <summary>The call is about to be sent.</summary>
    public void Begins(CallAttempts attempts)
    {
        _sent = attempts;
        BeginTelemetry(attempts);
    }

    /// <summary>The call is about to be sent once more.</summary>
    /// <param name="attempts">The attempts so far.</param>
    /// <param name="wait">The wait before the next.</param>
    /// <param name="failure">What the last one ended with; null where it got a response.</param>
    public void Retrying(CallAttempts attempts, TimeSpan wait, Exception? failure) => TellRetry(attempts, wait, failure);

    /// <summary>The response is there, and ends the record when it is closed.</summary>
    public void Opened(ApiResponse response)
    {
        Response = response;
        Attempts = response.Attempts;
    }

    /// <summary>The first event has come, or the first byte where bytes are what is read.</summary>
    public void Began() => TimeToFirstEvent ??= _time.GetElapsedTime(_start);

    public void Received(int events, long bytes)
    {
        Events = events;
        Bytes = bytes;
    }

    public void Complete() => IsComplete = true;

    /// <summary>The call fails with an exception.</summary>
    public void Failed(Exception failure, int? attempts = null)
    {
        Failure ??= failure;
        IsComplete = false;
        Attempts = attempts ?? Attempts;
    }

    /// <summary>Takes from the JSON of a chunk what telemetry wants to know; the last that says something of its usage and end counts.</summary>
    /// <param name="tape">Its tokens.</param>
    /// <param name="json">Its text.</param>
    /// <param name="finishReason">Why generation ended; null where the stream has not said.</param>
    /// <param name="finishReasons">The same for each result.</param>
    public void Read(JsonTape tape, ReadOnlySpan<byte> json, string? finishReason, IReadOnlyDictionary<int, string> finishReasons)
    {
        FinishReason = finishReason;
        _finishReasonsOfStream = finishReasons;
        for (var place = 0; place < _service.UsagePaths.Length; place++)
        {
            if (JsonPath.Find(0, _service.UsagePaths[place], tape, json) is { } usage)
            {
                Keep(tape.Raw(usage, json), place);
            }
        }

        Id ??= Text(_service.IdPaths, tape, json);
        Model ??= Text(_service.ModelPaths, tape, json);
    }

    /// <summary>A chunk has come; what it says has been read.</summary>
    public void ChunkReceived() => TellChunk();

    /// <summary>Takes the same from a whole response, which may be large: nothing is kept of it but what it says.</summary>
    public void ReadWhole(PooledBuffer<byte> body)
    {
        Received(0, body.Length);
        try
        {
            JsonSearch.Find(ApiJson.WithoutMark(body.Items), _service.ResponsePaths, Found);
        }
        catch (JsonException)
        {
            // What is no JSON says nothing.
        }
    }

    /// <summary>Tells that the call has ended.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
        {
            return;
        }

        Duration = _time.GetElapsedTime(_start);
#if NET8_0_OR_GREATER
        if (Response is { } response)
        {
            Trailers = response.Secrets.Hide(response.Message.TrailingHeaders.ToDictionary(static header => header.Key, static header => string.Join(", ", header.Value)));
        }
#endif
        EndTelemetry();
        _completed?.Invoke(this);
    }

    // What is told to those who listen to the telemetry of .NET, where there is such a thing.
    static partial void LookForListeners(ServiceTelemetry service, ref bool hasListeners);

    partial void BeginTelemetry(CallAttempts attempts);

    partial void TellRetry(CallAttempts attempts, TimeSpan wait, Exception? failure);

    partial void TellChunk();

    partial void EndTelemetry();

    private static string? Text(byte[][][] paths, JsonTape tape, ReadOnlySpan<byte> json)
    {
        foreach (var path in paths)
        {
            if (JsonPath.Find(0, path, tape, json) is { } value && tape[value].Type == JsonTokenType.String)
            {
                return JsonText.Decode(tape.Bytes(value, json), tape.IsEscaped(value));
            }
        }

        return null;
    }

    private static string? Text(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return reader.Read() && reader.TokenType == JsonTokenType.String ? JsonText.Decode(ref reader) : null;
    }

    private void Found(int path, ReadOnlySpan<byte> value)
    {
        var other = path - _service.UsagePaths.Length;
        if (other < 0)
        {
            Keep(value, path);
        }
        else if (Text(value) is not { Length: > 0 } text)
        {
            // Some servers send null for what they do not know.
        }
        else if (other < _service.IdPaths.Length)
        {
            Id = text;
        }
        else if (other < _service.IdPaths.Length + _service.ModelPaths.Length)
        {
            Model = text;
        }
        else
        {
            (_finishReasonsOfWhole ??= []).Add(text);
        }
    }

    // One without a field says nothing.
    private void Keep(ReadOnlySpan<byte> usage, int place)
    {
        if (usage.Length > 0 && usage[0] == (byte)'{' && usage.IndexOf((byte)':') > 0)
        {
            (_usage ??= new byte[]?[_service.UsagePaths.Length])[place] = usage.ToArray();
        }
    }
}
