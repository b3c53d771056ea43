#if NET8_0_OR_GREATER
using TogetherAI.Runtime.Telemetry;

namespace TogetherAI.Runtime.Http;

/// <summary>What a call tells to telemetry.</summary>
internal sealed partial class CallRecord
{
    // Null where nobody listens, or who called has told of the call.
    private CallTelemetry? _telemetry;

    static partial void LookForListeners(ServiceTelemetry service, ref bool hasListeners) => hasListeners = service.Instruments.HasListeners;

    partial void BeginTelemetry(CallAttempts attempts) => _telemetry = CallTelemetry.Begin(_service, attempts, _time);

    partial void TellRetry(CallAttempts attempts, TimeSpan wait, Exception? failure) => _telemetry?.Retrying(attempts, wait, failure);

    partial void TellChunk() => _telemetry?.ChunkReceived(this);

    partial void EndTelemetry() => _telemetry?.End(this);
}
#endif
