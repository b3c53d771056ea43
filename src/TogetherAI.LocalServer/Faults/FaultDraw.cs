namespace TogetherAI.LocalServer.Faults;

/// <summary>
/// The random draws of one request: the same for the same seed and request number on every machine (SplitMix64).
/// </summary>
internal sealed class FaultDraw(long seed, long request)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = Mix((ulong)seed) ^ Mix((ulong)request * Step);

    /// <summary>A number from 0 to below 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from 1 to <paramref name="most"/>.</summary>
    public int NextCount(int most) => 1 + (int)(Next() % (ulong)most);

    private ulong Next() => Mix(_state += Step);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
