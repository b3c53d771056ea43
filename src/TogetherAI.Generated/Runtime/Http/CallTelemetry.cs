#if NET8_0_OR_GREATER
using System.Diagnostics;
using System.Globalization;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Telemetry;

namespace TogetherAI.Runtime.Http;

/// <summary>The span of one call, and what it adds to the metrics. Neither has anything of what was asked or generated.</summary>
/// <remarks>Invariant: once the call has been left, <see cref="Activity.Current"/> is what it was for who left it.</remarks>
internal sealed class CallTelemetry
{
    private readonly ServiceTelemetry _service;
    private readonly TelemetryInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly Secrets _secrets;
    private readonly Activity? _activity;
    private readonly bool _isStreaming;
    private readonly bool _isGenerative;

    // What a measurement has, whatever it measures.
    private readonly List<KeyValuePair<string, object?>> _tags;

    // Null until the first chunk has come.
    private KeyValuePair<string, object?>[]? _tagsOfChunks;
    private long _lastChunk;

    private CallTelemetry(ServiceTelemetry service, CallAttempts attempts, TimeProvider time)
    {
        var url = attempts.Settings.Url;
        _service = service;
        _instruments = service.Instruments;
        _time = time;
        _secrets = attempts.Secrets;
        _isStreaming = attempts.IsStreaming;
        _isGenerative = attempts.Operation.IsGenerative;
        var request = RequestFacts.Read(attempts.Body, service.RequestAttributes);
        var model = request.Find(static attribute => attribute.Key == GenAIConventions.RequestModel).Value is string text ? _secrets.Hide(text) : null;
        _tags =
        [
            new(GenAIConventions.OperationName, attempts.Operation.Name),
            new(GenAIConventions.ProviderName, service.Provider),
            new(GenAIConventions.ServerAddress, url.Host),
            new(GenAIConventions.ServerPort, url.Port),
        ];
        if (model is not null)
        {
            _tags.Add(new(GenAIConventions.RequestModel, model));
        }

        // Whoever decides which spans are kept sees these.
        _activity = _instruments.Source.StartActivity(
            model is null ? attempts.Operation.Name : $"{attempts.Operation.Name} {model}",
            ActivityKind.Client,
            parentContext: default,
            _tags);
        if (_activity is { IsAllDataRequested: true })
        {
            AddRequest(_activity, request);
        }
    }

    /// <summary>The telemetry of a call that is about to be sent; null where nobody listens, or who called has told of it.</summary>
    public static CallTelemetry? Begin(ServiceTelemetry service, CallAttempts attempts, TimeProvider time)
        => service.Instruments.HasListeners && !IsToldAbove(service, attempts.Operation.Name) ? new CallTelemetry(service, attempts, time) : null;

    /// <summary>The call is about to be sent once more.</summary>
    public void Retrying(CallAttempts attempts, TimeSpan wait, Exception? failure)
        => _activity?.AddEvent(new ActivityEvent(
            GenAIConventions.RetryEvent,
            tags: new ActivityTagsCollection
            {
                [GenAIConventions.ResendCount] = attempts.Count,
                [GenAIConventions.ErrorType] = failure?.GetType().FullName ?? ((int?)attempts.LastStatus)?.ToString(CultureInfo.InvariantCulture),
                [GenAIConventions.RetryDelay] = wait.TotalSeconds,
            }));

    /// <summary>A chunk has come.</summary>
    public void ChunkReceived(CallRecord record)
    {
        if (!_instruments.TimePerOutputChunk.Enabled)
        {
            return;
        }

        var now = _time.GetTimestamp();
        if (_tagsOfChunks is null)
        {
            _tagsOfChunks = [.. TagsOf(record)];
        }
        else
        {
            _instruments.TimePerOutputChunk.Record(_time.GetElapsedTime(_lastChunk, now).TotalSeconds, _tagsOfChunks);
        }

        _lastChunk = now;
    }

    /// <summary>The call has ended.</summary>
    public void End(CallRecord record)
    {
        var tokens = _service.CountTokens(record.Usage);
        var tags = TagsOf(record);
        RecordTokens(tokens.Input, GenAIConventions.InputTokens, tags);
        RecordTokens(tokens.Output, GenAIConventions.OutputTokens, tags);
        if (_isStreaming && record.TimeToFirstEvent is { } first)
        {
            _instruments.TimeToFirstChunk.Record(first.TotalSeconds, [.. tags]);
        }

        if (record.Failure is { } failure)
        {
            tags.Add(new(GenAIConventions.ErrorType, failure.GetType().FullName));
        }

        _instruments.Duration.Record(record.Duration.TotalSeconds, [.. tags]);
        if (_activity is not null)
        {
            AddResponse(_activity, record, tokens);
            Stop(_activity);
        }
    }

    // Stopping makes the span's parent the current one, whatever the caller has begun meanwhile.
    private static void Stop(Activity activity)
    {
        var current = Activity.Current;
        activity.Stop();
        if (current != activity)
        {
            Activity.Current = current;
        }
    }

    // As a chat client of Microsoft.Extensions.AI does with its own telemetry: one call is one span.
    private static bool IsToldAbove(ServiceTelemetry service, string operation)
        => Activity.Current is { Kind: ActivityKind.Client } current
        && current.Source != service.Instruments.Source
        && operation.Equals(current.GetTagItem(GenAIConventions.OperationName));

    private void AddRequest(Activity activity, List<KeyValuePair<string, object?>> request)
    {
        foreach (var (name, value) in request)
        {
            // One result is what everybody asks for.
            if (name != GenAIConventions.RequestModel && (name, value) is not (GenAIConventions.RequestChoiceCount, 1L))
            {
                activity.SetTag(name, value switch
                {
                    string text => _secrets.Hide(text),
                    string[] texts => Array.ConvertAll(texts, _secrets.Hide),
                    _ => value,
                });
            }
        }

        if (_isStreaming)
        {
            activity.SetTag(GenAIConventions.RequestStream, true);
        }
    }

    private void AddResponse(Activity activity, CallRecord record, TokenCounts tokens)
    {
        if (!activity.IsAllDataRequested)
        {
            return;
        }

        // A tag without a value is none.
        activity.SetTag(GenAIConventions.StatusCode, (int?)((record.Failure as TogetherAIException)?.StatusCode ?? record.Response?.Message.StatusCode));
        activity.SetTag(GenAIConventions.ResponseId, _isGenerative ? Masked(record, record.Id) : null);
        activity.SetTag(GenAIConventions.ResponseModel, ResponseModel(record));
        activity.SetTag(GenAIConventions.ResponseFinishReasons, FinishReasons(record));
        activity.SetTag(GenAIConventions.UsageInputTokens, tokens.Input);
        activity.SetTag(GenAIConventions.UsageOutputTokens, tokens.Output);
        activity.SetTag(GenAIConventions.UsageCachedTokens, tokens.CachedInput);
        activity.SetTag(GenAIConventions.UsageReasoningTokens, tokens.ReasoningOutput);
        if (_isStreaming)
        {
            activity.SetTag(GenAIConventions.ResponseTimeToFirstChunk, record.TimeToFirstEvent?.TotalSeconds);
            activity.SetTag(GenAIConventions.LeftEarly, record is { Response: not null, Failure: null, IsComplete: false } ? true : null);
        }

        if (record.Failure is { } failure)
        {
            // No message: it may quote what was generated.
            activity.SetTag(GenAIConventions.ErrorType, failure.GetType().FullName);
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    private List<KeyValuePair<string, object?>> TagsOf(CallRecord record)
        => ResponseModel(record) is { } model ? [.. _tags, new(GenAIConventions.ResponseModel, model)] : [.. _tags];

    private string? ResponseModel(CallRecord record) => _isGenerative ? Masked(record, record.Model) : null;

    private string[]? FinishReasons(CallRecord record)
        => record.FinishReasons.Select(reason => Masked(record, reason)!).ToArray() is { Length: > 0 } reasons ? reasons : null;

    private string? Masked(CallRecord record, string? text)
        => text is null ? null : (record.Response?.Secrets ?? _secrets).Hide(text);

    private void RecordTokens(long? count, string type, List<KeyValuePair<string, object?>> tags)
    {
        if (count is { } tokens)
        {
            _instruments.TokenUsage.Record(tokens, [.. tags, new(GenAIConventions.TokenType, type)]);
        }
    }
}
#endif
