using Microsoft.AspNetCore.Http;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Faults;

/// <summary>Decides which request meets which fault.</summary>
internal sealed class FaultPlan
{
    private readonly KeyValuePair<TogetherAILocalServerFault, double>[] _rates;
    private readonly long _seed;
    private readonly int _burst;
    private readonly Lock _lock = new();
    private long _requests;
    private int _refusalsLeft;

    public FaultPlan(TogetherAILocalServerFaults faults)
    {
        // In one order, whatever order they were set in: the seed alone shall decide.
        _rates = faults.Rates.OrderBy(rate => rate.Key).ToArray();
        _seed = faults.Seed;
        _burst = faults.RateLimitBurst;
    }

    /// <summary>The fault of the next request, and the numbers that say where it strikes.</summary>
    public (TogetherAILocalServerFault? Fault, FaultDraw Draw) Next(HttpRequest request)
    {
        var chosen = request.Headers[TogetherAILocalServerFaultNames.Header].ToString().Trim();
        lock (_lock)
        {
            var draw = new FaultDraw(_seed, ++_requests);
            return (chosen.Length > 0 ? Named(chosen) : Drawn(draw), draw);
        }
    }

    private static TogetherAILocalServerFault? Named(string name)
    {
        if (string.Equals(name, TogetherAILocalServerFaultNames.None, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return TogetherAILocalServerFaultNames.TryParse(name, out var fault)
            ? fault
            : throw ApiErrorException.Invalid($"{TogetherAILocalServerFaultNames.Header} is none of {string.Join(", ", TogetherAILocalServerFaultNames.All)} and {TogetherAILocalServerFaultNames.None}.");
    }

    private TogetherAILocalServerFault? Drawn(FaultDraw draw)
    {
        var number = draw.NextDouble();
        if (_refusalsLeft > 0)
        {
            _refusalsLeft--;
            return TogetherAILocalServerFault.RateLimit;
        }

        foreach (var (fault, rate) in _rates)
        {
            number -= rate;
            if (number < 0)
            {
                _refusalsLeft = fault == TogetherAILocalServerFault.RateLimit ? _burst - 1 : 0;
                return fault;
            }
        }

        return null;
    }
}
