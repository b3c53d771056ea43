using TogetherAI.LocalServer;

namespace TogetherAI.Soak;

/// <summary>Which of the client's calls it is.</summary>
internal enum CallKind
{
    Tokens,
    Chunks,
    Bytes,
    Whole,
}

/// <summary>What happens to a call.</summary>
internal enum Treatment
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>The server may refuse it, by its own rates, and it is sent again.</summary>
    Refused,

    /// <summary>The server's fault of the plan.</summary>
    Fault,

    /// <summary>The caller leaves the stream early.</summary>
    Break,

    /// <summary>The caller cancels between two tokens.</summary>
    Cancel,

    /// <summary>The caller cancels while the server is silent.</summary>
    CancelInSilence,
}

/// <summary>One call: what is asked, and what is done to it.</summary>
internal sealed record StreamPlan(CallKind Call, Treatment Treatment, TogetherAILocalServerFault? Fault, int Prompt, int TokensBeforeEnd)
{
    private static readonly (int Weight, Treatment Treatment, TogetherAILocalServerFault? Fault)[] Mix =
    [
        (36, Treatment.Plain, null),
        (16, Treatment.Refused, null),
        (7, Treatment.Fault, TogetherAILocalServerFault.Reset),
        (7, Treatment.Fault, TogetherAILocalServerFault.Truncation),
        (4, Treatment.Fault, TogetherAILocalServerFault.Stall),
        (3, Treatment.Fault, TogetherAILocalServerFault.RateLimit),
        (3, Treatment.Fault, TogetherAILocalServerFault.ServerError),
        (3, Treatment.Fault, TogetherAILocalServerFault.SlowBytes),
        (5, Treatment.Fault, TogetherAILocalServerFault.Garbage),
        (4, Treatment.Fault, TogetherAILocalServerFault.ErrorEvent),
        (3, Treatment.Fault, TogetherAILocalServerFault.OversizedEvent),
        (4, Treatment.Break, null),
        (3, Treatment.Cancel, null),
        (2, Treatment.CancelInSilence, TogetherAILocalServerFault.Stall),
    ];

    /// <summary>Whether the fault strikes inside the stream, where only a streaming call sees it.</summary>
    private static bool IsInStream(Treatment treatment, TogetherAILocalServerFault? fault)
        => treatment is Treatment.Break or Treatment.Cancel or Treatment.CancelInSilence
            || fault is not (null or TogetherAILocalServerFault.RateLimit or TogetherAILocalServerFault.ServerError);

    /// <summary>The n-th plan of a run: the same for the same seed.</summary>
    public static StreamPlan Create(int seed, int number)
    {
        var random = new Random(HashCode(seed, number));
        var pick = random.Next(Mix.Sum(item => item.Weight));
        var (_, treatment, fault) = Mix.First(item => (pick -= item.Weight) < 0);
        var call = random.Next(10) switch
        {
            < 5 => CallKind.Tokens,
            < 7 => CallKind.Chunks,
            < 9 => CallKind.Bytes,
            _ => IsInStream(treatment, fault) ? CallKind.Tokens : CallKind.Whole,
        };
        return new StreamPlan(call, treatment, fault, random.Next(ExpectedTexts.Count), 1 + random.Next(5));
    }

    // Neighbouring seeds give neighbouring first numbers, and System.HashCode differs from process to process.
    private static int HashCode(int seed, int number)
    {
        var hash = unchecked(((uint)seed * 2654435761u) + ((uint)number * 2246822519u));
        hash = unchecked((hash ^ (hash >> 15)) * 3266489917u);
        return (int)((hash ^ (hash >> 13)) & int.MaxValue);
    }
}
