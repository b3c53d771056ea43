using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>
/// <c>GET /v1/models</c> lists the models, <c>POST /v1/models</c> takes notice of a new model, and <c>/v1/jobs</c> has the jobs of
/// uploads.
/// </summary>
internal sealed class ModelsEndpoint(ModelCatalog models, TimeProvider time)
{
    private readonly ModelUploads _uploads = new(time);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/v1/models", ListAsync);
        routes.MapPost("/v1/models", UploadAsync);
        routes.MapRead("/v1/jobs", context => JsonResponse.WriteAsync(context, new ModelJobListResponse { Data = _uploads.Listed }));
        routes.MapRead("/v1/jobs/{id}", RetrieveJobAsync);
    }

    // Nothing here runs on hardware of one customer alone.
    private Task ListAsync(HttpContext context)
        => JsonResponse.WriteAsync(context, context.Request.Query["dedicated"] == "true" ? [] : models.Listed);

    private Task RetrieveJobAsync(HttpContext context)
    {
        var id = context.RouteId();
        return JsonResponse.WriteAsync(
            context,
            _uploads.Find(id) ?? throw new ApiErrorException(StatusCodes.Status404NotFound, $"This server has no job {id}.", "invalid_request_error", "jobId"));
    }

    private async Task UploadAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<ModelUploadRequest>(body.RootElement);
        fields.RequireNotEmpty("model_name", "model_source");
        fields.RequireWord("model_type", "model", "adapter");
        var id = $"job-{RequestId.Of(context)}";
        _uploads.Start(id, fields.Text("model_name"), fields.Text("model_source"), fields.Text("description"));
        await JsonResponse.WriteAsync(context, new ModelUploadResponse
        {
            Data = new ModelUploadJob
            {
                JobId = id,
                ModelName = fields.Text("model_name"),
                ModelId = $"model-{RequestId.Of(context)}",
                ModelSource = fields.Text("model_source"),
            },
            Message = "This local server takes notice of the model, and uploads nothing.",
        }).ConfigureAwait(false);
    }
}
