using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>
/// <c>/v1/endpoints</c> and <c>/v1/hardware</c>: one dedicated endpoint, until it is deleted, and a serverless one for each
/// model. As with the service, new ones are not created.
/// </summary>
internal sealed class EndpointsEndpoint
{
    private const string Owner = "local";

    private static readonly EndpointHardware[] Hardware =
    [
        Machine("1x_mock_gpu_80gb", count: 1, centsPerMinute: 4.25m),
        Machine("2x_mock_gpu_80gb", count: 2, centsPerMinute: 8.5m),
    ];

    private readonly ConcurrentDictionary<string, TogetherAIEndpoint> _endpoints;
    private readonly ModelCatalog _models;

    public EndpointsEndpoint(ModelCatalog models)
    {
        _models = models;
        IEnumerable<TogetherAIEndpoint> endpoints = [Dedicated(), .. models.Listed.Select(Serverless)];
        _endpoints = new(endpoints.ToDictionary(static endpoint => endpoint.Id), StringComparer.Ordinal);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/v1/endpoints", ListAsync);
        routes.MapPost("/v1/endpoints", Create);
        routes.MapRead("/v1/endpoints/{id}", context => JsonResponse.WriteAsync(context, Require(context)));
        routes.MapDelete("/v1/endpoints/{id}", Delete);
        routes.MapRead("/v1/hardware", ListHardwareAsync);
    }

    private Task ListAsync(HttpContext context)
    {
        var type = Word(context, "type", "dedicated", "serverless");
        // Nothing is reserved here.
        var isReserved = Word(context, "usage_type", "on-demand", "reserved") == "reserved";
        var isMine = context.Request.Query["mine"] == "true";
        var endpoints = from endpoint in _endpoints.Values
                        where !isReserved && (type is null || endpoint.Type?.Value == type) && (!isMine || endpoint.Owner == Owner)
                        orderby endpoint.Type?.Value, endpoint.Id
                        select Short(endpoint);
        return JsonResponse.WriteAsync(context, new EndpointListResponse { Object = "list", Data = [.. endpoints] });
    }

    private static Task Create(HttpContext context) => throw new ApiErrorException(
        StatusCodes.Status403Forbidden, "Endpoints of this version can no longer be created.", "invalid_request_error", code: "endpoints_v1_create_access_disabled");

    private Task Delete(HttpContext context)
    {
        var endpoint = Require(context);
        if (endpoint.Owner != Owner)
        {
            throw new ApiErrorException(StatusCodes.Status403Forbidden, $"The endpoint {endpoint.Id} belongs to someone else.", "invalid_request_error", "endpointId");
        }

        _endpoints.TryRemove(endpoint.Id, out _);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Task ListHardwareAsync(HttpContext context)
    {
        var model = context.Request.Query["model"].ToString();
        if (model.Length > 0)
        {
            _models.Require(model);
        }

        return JsonResponse.WriteAsync(context, new EndpointHardwareListResponse
        {
            Object = "list",
            Data = [.. Hardware.Select(machine => model.Length == 0 ? machine : Available(machine))],
        });
    }

    private TogetherAIEndpoint Require(HttpContext context)
    {
        var id = context.RouteId();
        return _endpoints.TryGetValue(id, out var endpoint)
            ? endpoint
            : throw new ApiErrorException(StatusCodes.Status404NotFound, $"This server has no endpoint {id}.", "invalid_request_error", "endpointId");
    }

    private static string? Word(HttpContext context, string name, params string[] words)
        => context.QueryValue(name) is not { } word ? null
        : words.Contains(word) ? word
        : throw ApiErrorException.Invalid($"{name} must be one of {string.Join(", ", words)}.", name);

    private static TogetherAIEndpoint Dedicated() => new()
    {
        Object = "endpoint",
        Id = "endpoint-local",
        Name = "local/mock-dedicated",
        DisplayName = "Mock on dedicated hardware",
        Model = "local/mock-chat",
        Hardware = Hardware[0].Id,
        Type = EndpointType.Dedicated,
        Owner = Owner,
        State = EndpointState.Started,
        Autoscaling = new EndpointAutoscaling { MinReplicas = 1, MaxReplicas = 1 },
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static TogetherAIEndpoint Serverless(TogetherAIModel model) => new()
    {
        Object = "endpoint",
        Id = $"endpoint-{model.Id.Replace('/', '-')}",
        Name = model.Id,
        Model = model.Id,
        Type = EndpointType.Serverless,
        Owner = "together",
        State = EndpointState.Started,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    // What the service's lists say of an endpoint.
    private static TogetherAIEndpoint Short(TogetherAIEndpoint endpoint) => new()
    {
        Object = endpoint.Object,
        Id = endpoint.Id,
        Name = endpoint.Name,
        Model = endpoint.Model,
        Type = endpoint.Type,
        Owner = endpoint.Owner,
        State = endpoint.State,
        CreatedAt = endpoint.CreatedAt,
    };

    private static EndpointHardware Machine(string id, int count, decimal centsPerMinute) => new()
    {
        Object = "hardware",
        Id = id,
        Pricing = new EndpointHardwarePricing { CentsPerMinute = centsPerMinute },
        Specifications = new EndpointHardwareSpecifications { GpuType = "mock", GpuLink = "none", GpuMemory = 80, GpuCount = count },
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    private static EndpointHardware Available(EndpointHardware machine) => new()
    {
        Object = machine.Object,
        Id = machine.Id,
        Pricing = machine.Pricing,
        Specifications = machine.Specifications,
        Availability = new EndpointHardwareAvailability { Status = EndpointHardwareStatus.Available },
        UpdatedAt = machine.UpdatedAt,
    };
}
