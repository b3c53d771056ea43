using System.Numerics;

namespace TogetherAI.Fuzzing.Coverage;

/// <summary>
/// Counts how often each block of the instrumented code ran. As in AFL, an input is new if it ran a block that none before it did,
/// or ran one a number of times of another magnitude.
/// </summary>
/// <remarks>Everything runs on one thread.</remarks>
public static class CoverageMap
{
    /// <summary>The maximum number of blocks.</summary>
    public const int MaxBlocks = 1 << 20;

    private static readonly byte[] Counts = new byte[MaxBlocks];
    private static readonly int[] Touched = new int[MaxBlocks];
    private static readonly byte[] Known = new byte[MaxBlocks];
    private static int _touched;

    /// <summary>How many blocks have ever run.</summary>
    public static int BlocksReached { get; private set; }

    /// <summary>A block runs; instrumented code calls it.</summary>
    public static void Hit(int block)
    {
        ref var count = ref Counts[block];
        if (count == 0)
        {
            Touched[_touched++] = block;
        }

        if (count < byte.MaxValue)
        {
            count++;
        }
    }

    /// <summary>Forgets what the last input ran.</summary>
    public static void Clear()
    {
        for (var i = 0; i < _touched; i++)
        {
            Counts[Touched[i]] = 0;
        }

        _touched = 0;
    }

    /// <summary>Whether the last input is new; it is not any more then.</summary>
    public static bool TakeNew()
    {
        var isNew = false;
        for (var i = 0; i < _touched; i++)
        {
            var block = Touched[i];
            var magnitude = (byte)(1 << BitOperations.Log2(Counts[block]));
            if ((Known[block] & magnitude) == 0)
            {
                BlocksReached += Known[block] == 0 ? 1 : 0;
                Known[block] |= magnitude;
                isNew = true;
            }
        }

        return isNew;
    }
}
