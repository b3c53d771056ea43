using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary><c>GET /v1/models</c> lists the stand-ins, <c>POST /v1/models</c> takes notice of a new model.</summary>
internal static class ModelsEndpoint
{
    private static readonly ModelInfo[] Models =
    [
        Model("local/stand-in-chat", "Stand-in for conversations", ModelKind.Chat, contextLength: 131_072),
        Model("local/stand-in-language", "Stand-in for completions", ModelKind.Language, contextLength: 131_072),
        Model("local/stand-in-code", "Stand-in for code", ModelKind.Code, contextLength: 32_768),
        Model("local/stand-in-embedding", "Stand-in for embeddings", ModelKind.Embedding, contextLength: 8_192),
        Model("local/stand-in-rerank", "Stand-in for reranking", ModelKind.Rerank, contextLength: 8_192),
        Model("local/stand-in-moderation", "Stand-in for moderation", ModelKind.Moderation, contextLength: 8_192),
        Model("local/stand-in-image", "Stand-in for images", ModelKind.Image),
        Model("local/stand-in-audio", "Stand-in for speech", new ModelKind("audio")),
        Model("local/stand-in-transcribe", "Stand-in for transcription", new ModelKind("transcribe")),
        Model("local/stand-in-video", "Stand-in for videos", new ModelKind("video")),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", ListAsync);
        routes.MapPost("/v1/models", UploadAsync);
    }

    // Nothing here runs on hardware of one customer alone.
    private static Task ListAsync(HttpContext context)
        => JsonResponse.WriteAsync(context, context.Request.Query["dedicated"] == "true" ? [] : Models);

    private static async Task UploadAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<ModelUploadRequest>(body.RootElement);
        fields.RequireNotEmpty("model_name", "model_source");
        fields.RequireWord("model_type", "model", "adapter");
        await JsonResponse.WriteAsync(context, new ModelUploadResponse
        {
            Data = new ModelUploadJob
            {
                JobId = $"job-{RequestId.Of(context)}",
                ModelName = fields.Text("model_name"),
                ModelId = $"model-{RequestId.Of(context)}",
                ModelSource = fields.Text("model_source"),
            },
            Message = "This local server takes notice of the model, and uploads nothing.",
        }).ConfigureAwait(false);
    }

    private static ModelInfo Model(string id, string name, ModelKind type, int? contextLength = null) => new()
    {
        Id = id,
        Object = ModelObject.Model,
        Created = 0,
        Type = type,
        DisplayName = name,
        Organization = "local",
        License = "MIT",
        ContextLength = contextLength,
        Running = true,
        Pricing = new ModelPricing { Hourly = 0, Input = 0, Output = 0, Base = 0, Finetune = 0 },
    };
}
