namespace TogetherAI;

/// <summary>
/// Keeps two threads from missing each other, where each writes something and then reads what the other wrote. One side
/// passes often and one seldom; where it can, the seldom one pays for both.
/// </summary>
internal static class AsymmetricBarrier
{
    /// <summary>Between the write and the read of the side that passes often.</summary>
    public static void Often()
    {
#if !NET8_0_OR_GREATER
        Interlocked.MemoryBarrier();
#endif
    }

    /// <summary>Between the write and the read of the side that passes seldom.</summary>
    public static void Seldom()
    {
#if NET8_0_OR_GREATER
        Interlocked.MemoryBarrierProcessWide();
#else
        Interlocked.MemoryBarrier();
#endif
    }
}
