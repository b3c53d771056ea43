namespace TogetherAI.Soak;

/// <summary>Makes the call of a plan, and leaves it as the plan says.</summary>
internal static class StreamCall
{
    /// <summary>What a stalled stream waits for.</summary>
    public static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan TimeBeforeCancel = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(
        TogetherAIInferenceClient client,
        StreamPlan plan,
        Delivered delivered,
        CancellationTokenSource cancellation)
    {
        var request = ExpectedTexts.Request(plan.Prompt);
        var options = Options(plan, delivered);
        if (plan.Treatment == Treatment.CancelInSilence)
        {
            cancellation.CancelAfter(TimeBeforeCancel);
        }

        switch (plan.Call)
        {
            case CallKind.Whole:
                delivered.Add((await client.RunAsync(request, options, cancellation.Token)).Output.Choices[0].Text);
                break;
            case CallKind.Bytes:
                await ReadBytesAsync(client, request, options, plan, delivered, cancellation);
                break;
            case CallKind.Chunks:
                await ReadAsync(
                    client.StreamAsync(request, options, cancellation.Token), chunk => chunk.Choices[0].Text, plan, delivered, cancellation);
                break;
            default:
                await ReadAsync(client.StreamTokensAsync(request, options, cancellation.Token), text => text, plan, delivered, cancellation);
                break;
        }
    }

    private static TogetherAIRequestOptions Options(StreamPlan plan, Delivered delivered)
    {
        var options = plan switch
        {
            { Treatment: Treatment.Refused } => new TogetherAIRequestOptions(),
            { Fault: { } fault } => Faults.Of(fault),
            _ => Faults.None,
        };
        options.ResponseReceived = info => delivered.Attempts = info.Attempts;
        if (plan is { Treatment: Treatment.Fault, Fault: LocalServer.TogetherAILocalServerFault.Stall })
        {
            options.StreamIdleTimeout = StallTimeout;
        }

        return options;
    }

    private static async Task ReadAsync<T>(
        IAsyncEnumerable<T> values,
        Func<T, string?> text,
        StreamPlan plan,
        Delivered delivered,
        CancellationTokenSource cancellation)
    {
        await foreach (var value in values)
        {
            delivered.Add(text(value));
            if (delivered.Count == plan.TokensBeforeEnd && LeavesNow(plan, cancellation))
            {
                break;
            }
        }
    }

    private static async Task ReadBytesAsync(
        TogetherAIInferenceClient client,
        InferenceRequest request,
        TogetherAIRequestOptions options,
        StreamPlan plan,
        Delivered delivered,
        CancellationTokenSource cancellation)
    {
        await using var stream = await client.StreamBytesAsync(request, options, cancellation.Token);
        // Whoever leaves early must not find the whole stream in the first few reads, however much has arrived by then.
        var buffer = new byte[plan.Treatment is Treatment.Break or Treatment.Cancel ? 64 : 4096];
        var reads = 0;
        while (await stream.ReadAsync(buffer, cancellation.Token) is > 0 and var count)
        {
            delivered.Add(buffer.AsSpan(0, count));
            if (++reads == plan.TokensBeforeEnd && LeavesNow(plan, cancellation))
            {
                break;
            }
        }
    }

    private static bool LeavesNow(StreamPlan plan, CancellationTokenSource cancellation)
    {
        if (plan.Treatment == Treatment.Cancel)
        {
            cancellation.Cancel();
        }

        return plan.Treatment == Treatment.Break;
    }
}
