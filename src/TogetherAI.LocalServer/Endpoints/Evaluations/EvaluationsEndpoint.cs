using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Newtonsoft.Json.Linq;
using TogetherAI.LocalServer.Endpoints.Files;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Evaluations;

/// <summary>The evaluations under <c>/v1/evaluation</c>, which go through their statuses within four seconds. No model is called.</summary>
internal sealed class EvaluationsEndpoint(FileShelf files, TimeProvider time)
{
    private const string Path = "/v1/evaluation";
    private const int DefaultLimit = 10;

    // The oldest are forgotten.
    private const int MaxRuns = 1000;

    private static readonly string[] Types = ["classify", "score", "compare"];
    private static readonly string[] Sources = ["serverless", "dedicated", "external"];

    private readonly Lock _gate = new();
    private readonly List<EvaluationRun> _runs = [];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, CreateAsync);
        routes.MapRead(Path, ListAsync);
        routes.MapRead(Path + "/{id}", async context =>
            await JsonResponse.WriteAsync(context, await Require(context).DescribeAsync(context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false));
        routes.MapRead(Path + "/{id}/status", RetrieveStatusAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<EvaluationRequest>(body.RootElement);
        fields.RequireWord("type", Types);
        var type = fields.Text("type");
        var given = fields.Object("parameters")!.Value;
        var parameters = JsonFields.Read<EvaluationParameters>(given);
        RequireValid(type, parameters);
        var run = new EvaluationRun(
            $"eval-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}", type, WithoutSecrets(given), ObjectJson.Read<EvaluationParameters>(JsonMarshal.GetRawUtf8Value(given)), files, time);
        lock (_gate)
        {
            if (_runs.Count == MaxRuns)
            {
                _runs.RemoveAt(0);
            }

            _runs.Add(run);
        }

        await JsonResponse.WriteAsync(context, new EvaluationResponse { WorkflowId = run.Id, Status = EvaluationStatus.Pending }).ConfigureAwait(false);
    }

    private async Task ListAsync(HttpContext context)
    {
        var status = context.Request.Query["status"].ToString();
        var limit = DefaultLimit;
        if (context.Request.Query["limit"].ToString() is { Length: > 0 } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit == 0))
        {
            throw ApiErrorException.Invalid("limit must be a positive integer.", "limit");
        }

        List<EvaluationRun> runs;
        lock (_gate)
        {
            runs = [.. _runs.AsEnumerable().Reverse().Where(run => status.Length == 0 || run.Status.Value == status).Take(limit)];
        }

        var jobs = new List<EvaluationJob>(runs.Count);
        foreach (var run in runs)
        {
            jobs.Add(await run.DescribeAsync(context.RequestAborted).ConfigureAwait(false));
        }

        await JsonResponse.WriteAsync(context, jobs).ConfigureAwait(false);
    }

    private async Task RetrieveStatusAsync(HttpContext context)
    {
        var run = Require(context);
        var results = await run.ResultsAsync(context.RequestAborted).ConfigureAwait(false);
        await JsonResponse.WriteAsync(context, new EvaluationState { Status = run.Status, Results = results }).ConfigureAwait(false);
    }

    private EvaluationRun Require(HttpContext context)
    {
        var id = context.RouteId();
        lock (_gate)
        {
            return _runs.Find(run => run.Id == id) ?? throw new ApiErrorException(StatusCodes.Status404NotFound, $"This server has no evaluation {id}.", "invalid_request_error", "id");
        }
    }

    private static void RequireValid(string type, JsonFields parameters)
    {
        parameters.RequireNotEmpty("input_data_file_path");
        var judge = JsonFields.Read<EvaluationJudge>(parameters.Object("judge")!.Value);
        judge.RequireNotEmpty("model");
        judge.RequireWord("model_source", Sources);
        string[] required = type switch
        {
            "classify" => ["labels", "pass_labels"],
            "score" => ["min_score", "max_score", "pass_threshold"],
            _ => ["model_a", "model_b"],
        };
        if (Array.Find(required, name => parameters[name] is null) is { } missing)
        {
            throw ApiErrorException.Invalid($"{missing} is required for an evaluation of the type {type}.", missing);
        }

        if (type == "classify")
        {
            RequireLabels(parameters.Texts("labels"), parameters.Texts("pass_labels"));
        }
        else if (type == "score" && parameters["min_score"]!.Value.GetDouble() >= parameters["max_score"]!.Value.GetDouble())
        {
            throw ApiErrorException.Invalid("min_score must be less than max_score.", "min_score");
        }
    }

    private static void RequireLabels(IReadOnlyList<string> labels, IReadOnlyList<string> passLabels)
    {
        if (labels.Count < 2)
        {
            throw ApiErrorException.Invalid("labels must have at least two labels.", "labels");
        }

        if (passLabels.Count == 0 || passLabels.Except(labels).Any())
        {
            throw ApiErrorException.Invalid("pass_labels must have at least one of the labels, and no others.", "pass_labels");
        }
    }

    // What the service keeps to itself.
    private static JToken WithoutSecrets(JsonElement parameters)
    {
        var json = JToken.Parse(parameters.GetRawText());
        foreach (var secret in json.SelectTokens("$..external_api_token").ToList())
        {
            secret.Parent!.Remove();
        }

        return json;
    }
}
