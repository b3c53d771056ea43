namespace TogetherAI.LocalServer.Endpoints.FineTuning;

/// <summary>The limits of the training parameters, the same for every model.</summary>
internal static class TrainingLimits
{
    public const int MaxEpochs = 20;
    public const int MaxCheckpoints = 10;
    public const int MaxEvaluations = 100;
    public const double MaxLearningRate = 0.01;

    public static FineTuningLimits Of(string model) => new()
    {
        ModelName = model,
        MaxEpochCount = MaxEpochs,
        MaxCheckpointCount = MaxCheckpoints,
        MaxEvaluationCount = MaxEvaluations,
        MaxLearningRate = MaxLearningRate,
        MinLearningRate = 0,
        SupportsVision = false,
        SupportsTools = true,
        SupportsReasoning = false,
        SupportsFullTraining = true,
        MergesOutput = true,
        DefaultGradientAccumulationSteps = 1,
        MaxSequenceLengthForPreferences = 8_192,
        MaxSequenceLengthForSupervision = 8_192,
        MinMaxSequenceLength = 128,
        FullTraining = new FineTuningFullLimits { MaxBatchSize = 96, MaxBatchSizeForPreferences = 48, MinBatchSize = 1 },
        LoraTraining = new FineTuningLoraLimits { MaxBatchSize = 96, MaxBatchSizeForPreferences = 48, MinBatchSize = 1, MaxRank = 64, TargetModules = ["k_proj", "q_proj", "v_proj", "o_proj"] },
    };
}
