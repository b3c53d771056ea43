using Microsoft.AspNetCore.Http;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>The models that requests may name, and those that are listed.</summary>
internal sealed class ModelCatalog
{
    private static readonly TogetherAIModel[] StandIns =
    [
        Model("local/stand-in-chat", "Stand-in for conversations", ModelType.Chat, contextLength: 131_072),
        Model("local/stand-in-language", "Stand-in for completions", ModelType.Language, contextLength: 131_072),
        Model("local/stand-in-code", "Stand-in for code", ModelType.Code, contextLength: 32_768),
        Model("local/stand-in-embedding", "Stand-in for embeddings", ModelType.Embedding, contextLength: 8_192),
        Model("local/stand-in-rerank", "Stand-in for reranking", ModelType.Rerank, contextLength: 8_192),
        Model("local/stand-in-moderation", "Stand-in for moderation", ModelType.Moderation, contextLength: 8_192),
        Model("local/stand-in-image", "Stand-in for images", ModelType.Image),
        Model("local/stand-in-audio", "Stand-in for speech", new ModelType("audio")),
        Model("local/stand-in-transcribe", "Stand-in for transcription", new ModelType("transcribe")),
        Model("local/stand-in-video", "Stand-in for videos", new ModelType("video")),
    ];

    // Null where any name but one will do.
    private readonly HashSet<string>? _names;

    /// <summary>Takes the names over.</summary>
    /// <param name="names">Null for any name but <see cref="TogetherAILocalServerOptions.MissingModel"/>.</param>
    public ModelCatalog(IEnumerable<string>? names)
    {
        if (names is null)
        {
            Listed = StandIns;
            return;
        }

        _names = new HashSet<string>(names, StringComparer.Ordinal);
        Listed = [.. _names.Select(name => Array.Find(StandIns, model => model.Id == name) ?? Model(name, name, ModelType.Chat))];
    }

    public IReadOnlyList<TogetherAIModel> Listed { get; }

    /// <summary>Refuses a request for a model that there is not.</summary>
    public void Require(string model)
    {
        if (_names?.Contains(model) ?? model != TogetherAILocalServerOptions.MissingModel)
        {
            return;
        }

        throw new ApiErrorException(
            StatusCodes.Status404NotFound,
            $"Unable to access model {model}. GET /v1/models lists the models of this server.",
            "invalid_request_error",
            "model",
            "model_not_available");
    }

    private static TogetherAIModel Model(string id, string name, ModelType type, int? contextLength = null) => new()
    {
        Id = id,
        Object = "model",
        Created = DateTimeOffset.UnixEpoch,
        Type = type,
        DisplayName = name,
        Organization = "local",
        License = "MIT",
        ContextLength = contextLength,
        Running = true,
        Pricing = new ModelPricing { Hourly = 0, Input = 0, Output = 0, Base = 0, FineTuning = 0 },
    };
}
