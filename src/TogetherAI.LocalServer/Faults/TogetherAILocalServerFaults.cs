namespace TogetherAI.LocalServer;

/// <summary>
/// Faults for testing how a program copes. Which request meets which fault depends on the seed and on the order of the
/// requests alone.
/// </summary>
/// <remarks>
/// A request with the header <c>x-local-fault</c> meets the fault that the header names (such as <c>reset</c> or
/// <c>rate-limit</c>), or none with <c>none</c>, whatever the rates are.
/// </remarks>
public sealed class TogetherAILocalServerFaults
{
    /// <summary>Share of the requests that meet a fault, from 0 to 1. Together they must not exceed 1.</summary>
    public IDictionary<TogetherAILocalServerFault, double> Rates { get; } = new Dictionary<TogetherAILocalServerFault, double>();

    /// <summary>Where the sequence of faults begins. Default: 0.</summary>
    public long Seed { get; set; }

    /// <summary>
    /// How many requests in a row are refused once <see cref="TogetherAILocalServerFault.RateLimit"/> has struck by its
    /// rate. Default: 3.
    /// </summary>
    public int RateLimitBurst { get; set; } = 3;

    /// <summary>The wait that a refused request is told. Default: 1 second.</summary>
    public TimeSpan RateLimitReset { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Length of a <see cref="TogetherAILocalServerFault.Stall"/>. Default: 1 minute.</summary>
    public TimeSpan StallTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Time between two bytes of <see cref="TogetherAILocalServerFault.SlowBytes"/>. Default: 1 millisecond.</summary>
    public TimeSpan ByteInterval { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Size of a <see cref="TogetherAILocalServerFault.OversizedEvent"/>. Default: 17 MiB, which is more than the client
    /// takes unless told otherwise.
    /// </summary>
    public int OversizedEventBytes { get; set; } = 17 * 1024 * 1024;

    internal void RequireValid()
    {
        foreach (var (fault, rate) in Rates)
        {
            if (!Enum.IsDefined(fault) || !(rate >= 0 && rate <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(Rates), rate, $"The rate of {fault} is not a fault's number between 0 and 1.");
            }
        }

        // Ten rates of 0.1 add up to a little more than 1.
        if (Rates.Values.Sum() > 1 + 1e-9)
        {
            throw new ArgumentOutOfRangeException(nameof(Rates), "The rates of the faults add up to more than 1.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(RateLimitBurst, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(OversizedEventBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RateLimitReset, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(StallTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ByteInterval, TimeSpan.Zero);
    }
}
