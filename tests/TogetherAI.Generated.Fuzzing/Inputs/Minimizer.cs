namespace TogetherAI.Fuzzing.Inputs;

/// <summary>Leaves out of an input whatever it does not need to show its fault.</summary>
internal static class Minimizer
{
    private const int MaxExecutions = 20_000;

    /// <summary>Removes pieces, large ones first, as long as the fault stays.</summary>
    public static FuzzInput Minimize(FuzzInput input, Func<FuzzInput, bool> isFaulty)
    {
        var executions = 0;
        for (var length = Math.Max(1, input.Body.Length / 2); executions < MaxExecutions; length = Math.Max(1, length / 2))
        {
            var hasShrunk = false;
            for (var start = 0; start < input.Body.Length && executions < MaxExecutions;)
            {
                var shorter = input with { Body = [.. input.Body[..start], .. input.Body[Math.Min(input.Body.Length, start + length)..]] };
                executions++;
                if (isFaulty(shorter))
                {
                    input = shorter;
                    hasShrunk = true;
                }
                else
                {
                    start += length;
                }
            }

            if (length == 1 && !hasShrunk)
            {
                break;
            }
        }

        return input;
    }
}
