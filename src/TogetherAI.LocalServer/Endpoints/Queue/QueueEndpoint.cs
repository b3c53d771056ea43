using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Newtonsoft.Json.Linq;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Queue;

/// <summary>The queue under <c>/v1/queue</c>.</summary>
internal sealed class QueueEndpoint(ModelCatalog models, TimeProvider time)
{
    private readonly QueueShelf _jobs = new(time);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/queue/submit", CreateAsync);
        routes.MapRead("/v1/queue/status", RetrieveAsync);
        routes.MapPost("/v1/queue/cancel", CancelAsync);
        routes.MapRead("/v1/queue/metrics", RetrieveMetricsAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<QueueRequest>(body.RootElement);
        fields.RequireNotEmpty("model");
        models.Require(fields.Text("model"));
        var payload = fields.Object("payload") ?? throw ApiErrorException.Invalid("payload is required.", "payload");
        var id = _jobs.Add(fields.Text("model"), JObject.Parse(payload.GetRawText()), fields.Object("info") is { } info ? JObject.Parse(info.GetRawText()) : null, fields.Integer("priority", 0));
        await JsonResponse.WriteAsync(context, new QueueResponse { RequestId = id }).ConfigureAwait(false);
    }

    private Task RetrieveAsync(HttpContext context)
        => JsonResponse.WriteAsync(context, _jobs.Find(context.RequireQueryValue("model"), context.RequireQueryValue("request_id")) ?? throw Missing());

    private async Task CancelAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<QueueCancelRequest>(body.RootElement);
        fields.RequireNotEmpty("model", "request_id");
        var (status, isCancelled) = _jobs.Cancel(fields.Text("model"), fields.Text("request_id")) ?? throw Missing();
        // The service says the status alone in both cases.
        context.Response.StatusCode = isCancelled ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        await JsonResponse.WriteAsync(context, new QueueCancelResponse { Status = status }).ConfigureAwait(false);
    }

    private Task RetrieveMetricsAsync(HttpContext context)
    {
        var model = context.RequireQueryValue("model");
        var (waiting, running) = (_jobs.Count(model, QueueStatus.Pending), _jobs.Count(model, QueueStatus.Running));
        return JsonResponse.WriteAsync(context, new QueueMetrics { RunningCount = running, WaitingCount = waiting, TotalCount = running + waiting });
    }

    private static ApiErrorException Missing()
        => new(StatusCodes.Status404NotFound, "This server has no such job of this model.", "invalid_request_error", "request_id");
}
