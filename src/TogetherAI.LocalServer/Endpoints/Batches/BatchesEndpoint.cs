using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Endpoints.Files;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Batches;

/// <summary>The batches under <c>/v1/batches</c>, whose requests are sent to the server's own endpoints.</summary>
internal sealed class BatchesEndpoint(BatchShelf batches, FileShelf files)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/v1/batches", context => JsonResponse.WriteAsync(context, batches.Listed));
        routes.MapPost("/v1/batches", CreateAsync);
        routes.MapRead("/v1/batches/{id}", context => JsonResponse.WriteAsync(context, batches.Require(context.RouteId()).Job));
        routes.MapPost("/v1/batches/{id}/cancel", CancelAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<BatchRequest>(body.RootElement);
        fields.RequireNotEmpty("endpoint", "input_file_id");
        fields.RequireWord("endpoint", BatchEndpoint.Values.ChatCompletions, BatchEndpoint.Values.Completions, BatchEndpoint.Values.AudioTranscriptions, BatchEndpoint.Values.AudioTranslations);
        var file = files.Require(fields.Text("input_file_id"), "input_file_id");
        if (file.Facts.Purpose != FilePurpose.BatchApi)
        {
            throw ApiErrorException.Invalid($"The purpose of the file {file.Facts.Id} must be {FilePurpose.BatchApi}.", "input_file_id");
        }

        var window = CompletionWindow.Parse(fields.Text("completion_window", CompletionWindow.Default));
        var model = fields.Text("model_id") is { Length: > 0 } given ? given : null;
        var batch = batches.Start(file, new BatchEndpoint(fields.Text("endpoint")), model, window);
        context.Response.StatusCode = StatusCodes.Status201Created;
        await JsonResponse.WriteAsync(context, new BatchResponse { Job = batch.Created }).ConfigureAwait(false);
    }

    private async Task CancelAsync(HttpContext context)
    {
        var batch = batches.Require(context.RouteId());
        if (!await batch.CancelAsync().WaitAsync(context.RequestAborted).ConfigureAwait(false))
        {
            throw ApiErrorException.Invalid($"The batch has already ended with the status {batch.Job.Status}.", "id");
        }

        await JsonResponse.WriteAsync(context, batch.Job).ConfigureAwait(false);
    }
}
