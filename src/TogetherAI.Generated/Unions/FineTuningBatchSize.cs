namespace TogetherAI;

public sealed partial class FineTuningBatchSize
{
    /// <summary>The largest batch size that the model supports.</summary>
    public static FineTuningBatchSize Max { get; } = FromWord("max");
}
