using Microsoft.AspNetCore.Http;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>The models that requests may name, and those that are listed.</summary>
internal sealed class ModelCatalog
{
    private static readonly TogetherAIModel[] StandIns =
    [
        Model("local/mock-chat", "Mock for conversations", ModelType.Chat, contextLength: 131_072),
        Model("local/mock-language", "Mock for completions", ModelType.Language, contextLength: 131_072),
        Model("local/mock-code", "Mock for code", ModelType.Code, contextLength: 32_768),
        Model("local/mock-embedding", "Mock for embeddings", ModelType.Embedding, contextLength: 8_192),
        Model("local/mock-rerank", "Mock for reranking", ModelType.Rerank, contextLength: 8_192),
        Model("local/mock-moderation", "Mock for moderation", ModelType.Moderation, contextLength: 8_192),
        Model("local/mock-image", "Mock for images", ModelType.Image),
        Model("local/mock-audio", "Mock for speech", new ModelType("audio")),
        Model("local/mock-transcribe", "Mock for transcription", new ModelType("transcribe")),
        Model("local/mock-video", "Mock for videos", new ModelType("video")),
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
