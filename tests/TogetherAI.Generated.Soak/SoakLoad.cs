namespace TogetherAI.Soak;

/// <summary>Many callers, each of which makes one call after the other until the time is up or there have been enough.</summary>
internal sealed class SoakLoad
{
    public const int MaxRetries = 2;

    /// <summary>Larger than any event but the oversized one.</summary>
    public const int MaxEventBytes = 64 * 1024;

    // Far longer than the longest call takes on a busy machine: what has not ended by then never will.
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(60);

    private readonly TogetherAIInferenceClient _client;
    private readonly Judge _judge;
    private readonly int _seed;

    public SoakLoad(TogetherAIInferenceClient client, ExpectedTexts texts, int seed)
    {
        _client = client;
        _judge = new Judge(texts);
        _seed = seed;
    }

    public Tally Tally { get; } = new();

    /// <summary>A client for the server of a soak run, which is on this machine.</summary>
    public static TogetherAIInferenceClient CreateClient(Uri server)
    {
        if (!server.IsLoopback)
        {
            throw new ArgumentException("A soak run loads this machine only.", nameof(server));
        }

        return new TogetherAIInferenceClient(new TogetherAIOptions
        {
            ApiKey = "soak",
            BaseUrl = server,
            MaxRetries = MaxRetries,
            MaxEventBytes = MaxEventBytes,
        });
    }

    /// <summary>Runs the load.</summary>
    /// <param name="streams">Calls at once.</param>
    /// <param name="most">Calls in all.</param>
    /// <param name="ending">Ends the load: the open calls come to their own end, no new ones begin.</param>
    /// <returns>Calls that never ended.</returns>
    public async Task<int> RunAsync(int streams, int most, CancellationToken ending)
    {
        var callers = Task.WhenAll(Enumerable.Range(0, streams).Select(_ => CallAsync(most, ending)));
        try
        {
            await callers.WaitAsync(ending);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The callers end after the calls that they are in.
        }

        try
        {
            await callers.WaitAsync(PatienceAtTheEnd, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            return Tally.Open;
        }

        return 0;
    }

    private async Task CallAsync(int most, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested && Tally.TryStart(most) is { } number)
        {
            await CallOnceAsync(StreamPlan.Create(_seed, number));
        }
    }

    private async Task CallOnceAsync(StreamPlan plan)
    {
        var delivered = new Delivered();
        using var cancellation = new CancellationTokenSource();
        Exception? exception = null;
        try
        {
            await StreamCall.RunAsync(_client, plan, delivered, cancellation);
        }
        catch (Exception caught)
        {
            // Any exception is a result here; the judge knows which one is right.
            exception = caught;
        }

        if (_judge.Objection(plan, delivered, exception, cancellation.Token) is { } objection)
        {
            Tally.Lose($"{plan}: {objection}{(exception is null ? "" : $": {exception.Message}")}");
        }

        Tally.End(Judge.Outcome(plan, delivered, exception));
    }
}
