using System.Formats.Tar;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Endpoints.Files;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.FineTuning;

/// <summary>The jobs under <c>/v1/fine-tunes</c>, which train nothing, but go through the states of a training on the server's clock.</summary>
internal sealed class FineTuningEndpoint(TrainingShelf jobs, FileShelf files, ModelCatalog models)
{
    private const string Datasets = FilesEndpoint.Storage + "/datasets";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/fine-tunes", CreateAsync);
        routes.MapRead("/v1/fine-tunes", context => JsonResponse.WriteAsync(context, new FineTuningListResponse { Data = jobs.Listed }));
        routes.MapRead("/v1/fine-tunes/{id}", context => JsonResponse.WriteAsync(context, StateOf(context).Job));
        routes.MapDelete("/v1/fine-tunes/{id}", DeleteAsync);
        routes.MapPost("/v1/fine-tunes/{id}/cancel", CancelAsync);
        routes.MapRead("/v1/fine-tunes/{id}/events", context => JsonResponse.WriteAsync(context, new FineTuningEventListResponse { Data = StateOf(context).Events }));
        routes.MapRead("/v1/fine-tunes/{id}/checkpoints", context => JsonResponse.WriteAsync(context, new FineTuningCheckpointListResponse { Data = StateOf(context).Checkpoints }));
        routes.MapRead("/v1/fine-tunes/{id}/metrics", MetricsAsync);
        routes.MapRead("/v1/fine-tunes/{id}/download-tokenized-dataset", DatasetAsync);
        routes.MapRead(Datasets + "/{id}", DownloadDatasetAsync);
        routes.MapPost("/v1/fine-tunes/estimate-price", EstimateAsync);
        routes.MapPost("/v1/fine-tunes/preview", PreviewAsync);
        routes.MapRead("/v1/fine-tunes/models/limits", LimitsAsync);
        routes.MapRead("/v1/finetune/download", DownloadAsync);
    }

    private static long? Number(HttpContext context, string name)
        => context.QueryValue(name) is not { } text ? null
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw ApiErrorException.Invalid($"{name} must be an integer.", name);

    private static DateTimeOffset? Time(HttpContext context, string name)
        => context.QueryValue(name) is not { } text ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw ApiErrorException.Invalid($"{name} must be a time such as 2026-05-01T09:00:00Z.", name);

    private TrainingState StateOf(HttpContext context) => jobs.StateOf(jobs.Require(context.RouteId()));

    private async Task CreateAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<FineTuningRequest>(body.RootElement);
        TrainingParameters.Require(fields);
        models.Require(fields.Text("model"));
        var file = TrainingFile(fields, "training_file")!;
        TrainingFile(fields, "validation_file");
        var run = TrainingParameters.Create(body.RootElement, file, await TrainingData.ReadAsync(file, context.RequestAborted).ConfigureAwait(false), jobs.Now);
        jobs.Keep(run);
        await JsonResponse.WriteAsync(context, jobs.StateOf(run).Job).ConfigureAwait(false);
    }

    private StoredFile? TrainingFile(JsonFields fields, string name)
    {
        if (fields.Text(name) is not { Length: > 0 } id)
        {
            return null;
        }

        var file = files.Require(id, name);
        return file.Facts.Purpose == FilePurpose.FineTune ? file : throw ApiErrorException.Invalid($"The purpose of the file {id} must be {FilePurpose.FineTune}.", name);
    }

    private Task CancelAsync(HttpContext context)
    {
        var run = jobs.Require(context.RouteId());
        var job = jobs.StateOf(run).Job;
        if (job.IsFinished)
        {
            throw ApiErrorException.Invalid($"The job has already ended with the status {job.Status}.", "id");
        }

        if (run.CancelledAt is null)
        {
            run = run with { CancelledAt = jobs.Now };
            jobs.Keep(run);
        }

        return JsonResponse.WriteAsync(context, jobs.StateOf(run).Job);
    }

    private Task DeleteAsync(HttpContext context)
    {
        jobs.Delete(context.RouteId());
        return JsonResponse.WriteAsync(context, new FineTuningDeleteResponse { Message = $"The job {context.RouteId()} was deleted." });
    }

    private Task MetricsAsync(HttpContext context)
    {
        var (from, to) = (Number(context, "global_step_from"), Number(context, "global_step_to"));
        var (since, until) = (Time(context, "logged_at_from"), Time(context, "logged_at_to"));
        var resolution = Number(context, "resolution");
        var metrics = StateOf(context).Metrics
            .Where(each => each.Step >= (from ?? long.MinValue) && each.Step <= (to ?? long.MaxValue) && each.At >= (since ?? DateTimeOffset.MinValue) && each.At <= (until ?? DateTimeOffset.MaxValue))
            .Select(each => each.Values)
            .ToList();
        // Evenly spread, and always with the last one.
        if (resolution is >= 1 && metrics.Count > resolution)
        {
            metrics = [.. Enumerable.Range(1, (int)resolution).Select(index => metrics[(int)Math.Ceiling(metrics.Count * (double)index / resolution.Value) - 1])];
        }

        return JsonResponse.WriteAsync(context, new FineTuningMetricsResponse { Metrics = metrics });
    }

    private async Task EstimateAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<FineTuningEstimateRequest>(body.RootElement);
        fields.RequireNotEmpty("training_file");
        fields.RequireRange("n_epochs", 1, TrainingLimits.MaxEpochs);
        fields.RequireRange("n_evals", 0, TrainingLimits.MaxEvaluations);
        var training = await TrainingData.ReadAsync(TrainingFile(fields, "training_file")!, context.RequestAborted).ConfigureAwait(false);
        var validation = TrainingFile(fields, "validation_file") is { } file ? await TrainingData.ReadAsync(file, context.RequestAborted).ConfigureAwait(false) : null;
        var reason = training.Fault is not null ? FineTuningEstimateReason.TrainingFileInvalid : validation?.Fault is not null ? FineTuningEstimateReason.EvaluationFileInvalid : null;
        await JsonResponse.WriteAsync(context, reason is not null
            ? new FineTuningEstimateResponse { IsEstimateAvailable = false, UnavailableReason = reason }
            : new FineTuningEstimateResponse
            {
                IsEstimateAvailable = true,
                EstimatedTotalPrice = 0,
                IsAllowed = true,
                UserLimit = 0,
                EstimatedTrainingTokenCount = training.Tokens * fields.Integer("n_epochs", 1),
                EstimatedEvaluationTokenCount = (validation?.Tokens ?? 0) * fields.Integer("n_evals", 0),
            }).ConfigureAwait(false);
    }

    private async Task PreviewAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<FineTuningPreviewRequest>(body.RootElement);
        fields.RequireNotEmpty("training_file", "model");
        fields.RequireRange("top_k", 1, 100);
        fields.RequireWord("training_method", "sft");
        models.Require(fields.Text("model"));
        var file = TrainingFile(fields, "training_file")!;
        var data = await TrainingData.ReadAsync(file, context.RequestAborted).ConfigureAwait(false);
        if (data.Fault is { } fault)
        {
            throw ApiErrorException.Invalid(fault, "training_file");
        }

        await JsonResponse.WriteAsync(context, new FineTuningPreviewResponse
        {
            DatasetFormat = data.Format,
            MaxSequenceLength = TrainingPreview.MaxLength,
            Model = fields.Text("model"),
            TrainOnInputs = true,
            Rows = await TrainingPreview.RowsAsync(file, fields.Integer("top_k", 10), context.RequestAborted).ConfigureAwait(false),
        }).ConfigureAwait(false);
    }

    private Task LimitsAsync(HttpContext context)
    {
        var model = context.RequireQueryValue("model_name");
        models.Require(model);
        return JsonResponse.WriteAsync(context, TrainingLimits.Of(model));
    }

    private Task DatasetAsync(HttpContext context)
    {
        var run = jobs.Require(context.RouteId());
        files.Require(run.Job.TrainingFile!, "training_file");
        return JsonResponse.WriteAsync(context, new FineTuningDataset
        {
            ContentType = "application/jsonl",
            FileName = $"{run.Job.Id}.jsonl",
            ExpiresAt = jobs.Now + TimeSpan.FromHours(1),
            Url = $"{context.Request.Scheme}://{context.Request.Host}{Datasets}/{run.Job.Id}",
        });
    }

    private async Task DownloadDatasetAsync(HttpContext context)
    {
        var file = files.Require(jobs.Require(context.RouteId()).Job.TrainingFile!);
        context.Response.ContentType = "application/jsonl";
        await foreach (var line in TrainingData.LinesAsync(file, context.RequestAborted).ConfigureAwait(false))
        {
            await context.Response.BodyWriter.WriteAsync(ObjectJson.Bytes(TrainingPreview.Row(line)), context.RequestAborted).ConfigureAwait(false);
            await context.Response.BodyWriter.WriteAsync("\n"u8.ToArray(), context.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task DownloadAsync(HttpContext context)
    {
        var id = context.RequireQueryValue("ft_id");
        var state = jobs.StateOf(jobs.Require(id, "ft_id"));
        var step = Number(context, "checkpoint_step");
        var checkpoint = state.Checkpoints.LastOrDefault(each => step is null || each.Step == step)
            ?? throw ApiErrorException.Invalid(step is null ? $"The job {id} has no checkpoint yet." : $"The job {id} has no checkpoint of step {step}.", "checkpoint_step");
        var kind = context.QueryValue("checkpoint") ?? "merged";
        if (kind is not ("merged" or "adapter" or "model_output_path"))
        {
            throw ApiErrorException.Invalid("checkpoint must be one of merged, adapter, model_output_path.", "checkpoint");
        }

        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, leaveOpen: true))
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes($"These are no weights: a mock server trains nothing.\njob: {id}\nstep: {checkpoint.Step}\nweights: {kind}\n"));
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "README.txt") { DataStream = content, ModificationTime = checkpoint.CreatedAt!.Value }, context.RequestAborted).ConfigureAwait(false);
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{id}_step-{checkpoint.Step}_{kind}.tar\"";
        context.Response.ContentLength = archive.Length;
        archive.Position = 0;
        await archive.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }
}
