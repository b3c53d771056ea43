using System.Security.Cryptography;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.LocalServer.Endpoints.Files;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.FineTuning;

/// <summary>Checks the parameters of a new job, and makes the job of them.</summary>
internal static class TrainingParameters
{
    private const int MaxStepsPerEpoch = 5;

    // What a job repeats of its request; keys and tokens are not among it.
    private static readonly string[] Repeated =
    [
        "training_file", "validation_file", "model", "packing", "max_seq_length", "n_epochs", "n_checkpoints", "n_evals", "batch_size", "learning_rate",
        "lr_scheduler", "warmup_ratio", "max_grad_norm", "weight_decay", "random_seed", "suffix", "wandb_project_name", "wandb_name", "train_on_inputs",
        "training_method", "training_type", "multimodal_params", "from_checkpoint", "from_hf_model", "hf_model_revision",
    ];

    private const string Defaults = """
        {"packing":true,"n_epochs":1,"n_checkpoints":1,"n_evals":0,"batch_size":"max","learning_rate":1e-5,"warmup_ratio":0,"max_grad_norm":1,"weight_decay":0,
        "training_method":{"method":"sft","train_on_inputs":"auto"},"training_type":{"type":"Lora","lora_r":8,"lora_alpha":16}}
        """;

    /// <exception cref="ApiErrorException">A parameter is invalid.</exception>
    public static void Require(JsonFields fields)
    {
        fields.RequireNotEmpty("training_file", "model");
        fields.RequireRange("n_epochs", 1, TrainingLimits.MaxEpochs);
        fields.RequireRange("n_checkpoints", 1, TrainingLimits.MaxCheckpoints);
        fields.RequireRange("n_evals", 0, TrainingLimits.MaxEvaluations);
        fields.RequireRange("learning_rate", 0, TrainingLimits.MaxLearningRate);
        fields.RequireRange("warmup_ratio", 0, 1);
        RequireWord(fields, "training_method", "method", "sft", "dpo");
        RequireWord(fields, "training_type", "type", "Full", "Lora");
        RequireWord(fields, "lr_scheduler", "lr_scheduler_type", "linear", "cosine");
        if (fields["training_type"] is { } type && type.GetProperty("type").GetString() == "Lora" && !(IsPositive(type, "lora_r") && IsPositive(type, "lora_alpha")))
        {
            throw ApiErrorException.Invalid("training_type of the type Lora needs lora_r and lora_alpha, numbers of at least 1.", "training_type");
        }

        if (fields["batch_size"] is { } size && !(size.ValueKind == JsonValueKind.String ? size.GetString() == "max" : size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out var number) && number >= 1))
        {
            throw ApiErrorException.Invalid("batch_size must be max or a number of at least 1.", "batch_size");
        }
    }

    public static TrainingRun Create(JsonElement body, StoredFile file, TrainingData data, DateTimeOffset now)
    {
        var id = $"ft-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var json = JObject.Parse(Defaults);
        foreach (var name in Repeated)
        {
            if (body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                json[name] = JToken.Parse(value.GetRawText());
            }
        }

        json["id"] = id;
        var job = ObjectJson.Read<FineTuningJob>(ObjectJson.Bytes(json).Span);
        job.Status = FineTuningStatus.Pending;
        job.CreatedAt = now;
        job.UserId = "local";
        job.TrainingFileLineCount = data.Lines;
        job.TrainingFileSize = file.Facts.Bytes;
        job.TokenCount = data.Tokens * (job.EpochCount ?? 1);
        job.TotalPrice = 0;
        job.ModelOutputName = $"local/{job.Model!.Split('/')[^1]}-{(job.Suffix is { Length: > 0 } suffix ? suffix + "-" : "")}{id[3..]}";
        return new TrainingRun { Job = job, StepsPerEpoch = Math.Clamp(data.Lines, 1, MaxStepsPerEpoch), Fault = data.Fault };
    }

    private static bool IsPositive(JsonElement value, string name) => value.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var count) && count >= 1;

    private static void RequireWord(JsonFields fields, string name, string field, params string[] words)
    {
        if (fields[name] is { } value
            && !(value.ValueKind == JsonValueKind.Object && value.TryGetProperty(field, out var word) && word.ValueKind == JsonValueKind.String && words.Contains(word.GetString())))
        {
            throw ApiErrorException.Invalid($"{name} needs the field {field}, which must be one of {string.Join(", ", words)}.", name);
        }
    }
}
