namespace TogetherAI;

public sealed partial class FineTuningTrainOnInputs
{
    /// <summary>The server decides by the format of the examples.</summary>
    public static FineTuningTrainOnInputs Auto { get; } = FromWord("auto");
}
