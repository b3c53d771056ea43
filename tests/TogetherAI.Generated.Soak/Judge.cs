using TogetherAI.LocalServer;

namespace TogetherAI.Soak;

/// <summary>Compares how a call ended with how it should have.</summary>
/// <param name="texts">What the server answers without faults.</param>
internal sealed class Judge(ExpectedTexts texts)
{
    /// <summary>Why the call did not end as it should; null where it did.</summary>
    public string? Objection(StreamPlan plan, Delivered delivered, Exception? exception, CancellationToken cancellationToken)
    {
        var expected = plan.Call == CallKind.Whole ? texts.Whole(plan.Prompt) : texts.Streamed(plan.Prompt);
        var text = delivered.Text();
        if (!expected.StartsWith(text, StringComparison.Ordinal))
        {
            return "what was delivered is no beginning of the text";
        }

        if (exception is TogetherAIStreamException or TogetherAITimeoutException
            && plan.Call is CallKind.Tokens or CallKind.Chunks
            && EventsReceived(exception) is { } count && count != delivered.Count)
        {
            return $"the exception speaks of {count} events, but {delivered.Count} were delivered";
        }

        var isWhole = exception is null && text == expected && (plan.Call != CallKind.Bytes || delivered.EndsWithDone());
        var isRight = plan.Treatment switch
        {
            Treatment.Plain => isWhole,
            Treatment.Refused => isWhole || IsRefusal(exception),
            Treatment.Break => exception is null && text.Length < expected.Length,
            Treatment.Cancel or Treatment.CancelInSilence =>
                exception is OperationCanceledException cancelled && cancelled.CancellationToken == cancellationToken && text.Length < expected.Length,
            _ when plan.Call == CallKind.Bytes => IsRightForBytes(plan.Fault!.Value, delivered, exception, isWhole),
            _ => IsRight(plan.Fault!.Value, exception, isWhole),
        };
        return isRight ? null : $"ended with {Name(exception)} after {text.Length} of {expected.Length} characters";
    }

    /// <summary>How a call ended, in the words of the report.</summary>
    public static string Outcome(StreamPlan plan, Delivered delivered, Exception? exception) => plan.Treatment switch
    {
        Treatment.Fault => $"{TogetherAILocalServerFaultNames.Of(plan.Fault!.Value)} -> {(exception is null ? Ending(plan) : Name(exception))}",
        Treatment.Refused when exception is null && delivered.Attempts > 1 => $"refused -> complete after {delivered.Attempts} attempts",
        Treatment.Refused when exception is not null => $"refused -> {Name(exception)}",
        Treatment.Break => "left early",
        Treatment.Cancel => $"cancelled -> {Name(exception)}",
        Treatment.CancelInSilence => $"cancelled in silence -> {Name(exception)}",
        _ => "no fault -> complete",
    };

    private static bool IsRight(TogetherAILocalServerFault fault, Exception? exception, bool isWhole) => fault switch
    {
        TogetherAILocalServerFault.Reset => Failed(exception, TogetherAIStreamFailure.ConnectionLost),
        TogetherAILocalServerFault.Truncation => Failed(exception, TogetherAIStreamFailure.Incomplete),
        TogetherAILocalServerFault.Garbage => Failed(exception, TogetherAIStreamFailure.MalformedEvent),
        TogetherAILocalServerFault.ErrorEvent => Failed(exception, TogetherAIStreamFailure.ServerError),
        TogetherAILocalServerFault.OversizedEvent => Failed(exception, TogetherAIStreamFailure.EventTooLarge),
        TogetherAILocalServerFault.Stall => IsSilence(exception),
        TogetherAILocalServerFault.RateLimit => exception is TogetherAIRateLimitException && IsRefusal(exception),
        TogetherAILocalServerFault.ServerError => exception is TogetherAIServerException && IsRefusal(exception),
        _ => isWhole,
    };

    // Raw bytes are what the server sent, whatever that is worth.
    private static bool IsRightForBytes(TogetherAILocalServerFault fault, Delivered delivered, Exception? exception, bool isWhole) => fault switch
    {
        TogetherAILocalServerFault.Truncation => exception is null && !delivered.Contains("[DONE]"u8),
        TogetherAILocalServerFault.Garbage => exception is null && delivered.Contains("{\"text\":\n\n"u8) && delivered.Contains("[DONE]"u8),
        TogetherAILocalServerFault.ErrorEvent => exception is null && delivered.Contains("{\"error\":"u8) && !delivered.Contains("[DONE]"u8),
        TogetherAILocalServerFault.OversizedEvent => exception is null && delivered.Contains("\"padding\""u8) && delivered.Contains("[DONE]"u8),
        _ => IsRight(fault, exception, isWhole),
    };

    private static bool Failed(Exception? exception, TogetherAIStreamFailure failure)
        => exception is TogetherAIStreamException stream && stream.Failure == failure;

    private static bool IsSilence(Exception? exception)
        => exception is TogetherAITimeoutException { Phase: TogetherAITimeoutPhase.StreamSilence or TogetherAITimeoutPhase.FirstEvent };

    private static bool IsRefusal(Exception? exception)
        => exception is TogetherAIRateLimitException or TogetherAIServerException { StatusCode: System.Net.HttpStatusCode.ServiceUnavailable }
            && ((TogetherAIException)exception).Attempts == SoakLoad.MaxRetries + 1;

    private static int? EventsReceived(Exception? exception) => exception switch
    {
        TogetherAIStreamException stream => stream.EventsReceived,
        TogetherAITimeoutException timeout => timeout.EventsReceived,
        _ => null,
    };

    private static string Ending(StreamPlan plan)
        => plan.Call == CallKind.Bytes && plan.Fault != TogetherAILocalServerFault.SlowBytes ? "raw bytes as the server sent them" : "complete";

    private static string Name(Exception? exception) => exception switch
    {
        null => "ended without an exception",
        TogetherAIStreamException stream => $"{nameof(TogetherAIStreamException)} {stream.Failure}",
        TogetherAITimeoutException timeout => $"{nameof(TogetherAITimeoutException)} {timeout.Phase}",
        _ => exception.GetType().Name,
    };
}
