using System.Diagnostics;
using System.Text.Json;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Http;

/// <summary>What came in one call, for whoever wants to be told at its end. A call of which nobody asks has none.</summary>
/// <remarks>Invariant: it ends once, after everything that the call held is closed.</remarks>
internal sealed class CallRecord
{
    private readonly TimeProvider _time;
    private readonly CallSettings _settings;
    private readonly Action<CallRecord> _completed;
    private readonly long _start;
    private byte[]?[]? _usage;
    private CallAttempts? _sent;
    private int _hasEnded;

    private CallRecord(ApiCall call, CallSettings settings, Action<CallRecord> completed)
    {
        Method = call.Operation.Method;
        _settings = settings;
        _time = settings.Client.TimeProvider;
        _completed = completed;
        _start = _time.GetTimestamp();
    }

    public HttpMethod Method { get; }

    /// <summary>The address as others may see it.</summary>
    public string PublicUrl => _sent?.PublicUrl ?? new Secrets(_settings, sent: null).HideIn(_settings.Url);

    /// <summary>Begins the record of a call; null where nobody asks for one.</summary>
    public static CallRecord? Start(ApiCall call, CallSettings settings)
        => settings.Client.Listener?.Ended + call.Options?.Ended is { } completed ? new CallRecord(call, settings, completed) : null;

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

    /// <summary>The usage as JSON, the last of each place that has one, in the order of the profile's places.</summary>
    public IEnumerable<byte[]> Usage => _usage?.OfType<byte[]>() ?? [];

    /// <summary>The call is about to be sent.</summary>
    public void Begins(CallAttempts attempts) => _sent = attempts;

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

    /// <summary>Takes from the JSON of a response or chunk what it says of its usage and end; the last that says so counts.</summary>
    /// <param name="tape">Its tokens.</param>
    /// <param name="json">Its text.</param>
    /// <param name="finishReason">Why generation ended; null where it does not say.</param>
    public void Read(JsonTape tape, ReadOnlySpan<byte> json, string? finishReason)
    {
        Debug.Assert(Response is not null, "There is JSON only in a response.");
        FinishReason = finishReason ?? FinishReason;
        var paths = Response!.Settings.Client.Profile.UsagePaths;
        for (var place = 0; place < paths.Count; place++)
        {
            if (JsonPath.Find(0, paths[place], tape, json) is { } usage)
            {
                Keep(tape.Raw(usage, json), place);
            }
        }
    }

    /// <summary>The same for a whole response, which may be large: nothing is kept of it but its usage.</summary>
    public void ReadWhole(PooledBuffer<byte> body)
    {
        Received(0, body.Length);
        try
        {
            var paths = Response!.Settings.Client.Profile.UsagePaths;
            for (var place = 0; place < paths.Count; place++)
            {
                Keep(JsonPath.Find(ApiJson.WithoutMark(body.Items), paths[place]), place);
            }
        }
        catch (JsonException)
        {
            // What is no JSON tells no usage.
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
        _completed(this);
    }

    // One without a field says nothing.
    private void Keep(ReadOnlySpan<byte> usage, int place)
    {
        if (usage.Length > 0 && usage[0] == (byte)'{' && usage.IndexOf((byte)':') > 0)
        {
            (_usage ??= new byte[]?[Response!.Settings.Client.Profile.UsagePaths.Count])[place] = usage.ToArray();
        }
    }
}
