using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary><c>GET /v1/models</c> lists the models, <c>POST /v1/models</c> takes notice of a new model.</summary>
internal sealed class ModelsEndpoint(ModelCatalog models)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/v1/models", ListAsync);
        routes.MapPost("/v1/models", UploadAsync);
    }

    // Nothing here runs on hardware of one customer alone.
    private Task ListAsync(HttpContext context)
        => JsonResponse.WriteAsync(context, context.Request.Query["dedicated"] == "true" ? [] : models.Listed);

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
}
