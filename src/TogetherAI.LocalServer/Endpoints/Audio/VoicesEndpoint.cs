using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Audio;

/// <summary><c>GET /v1/voices</c>: the names that speech takes as a voice.</summary>
internal static class VoicesEndpoint
{
    private static readonly VoiceGroup[] Voices =
    [
        new() { Model = "local/mock-audio", Voices = [new Voice { Id = "tone-a", Name = "tone a" }, new Voice { Id = "tone-b", Name = "tone b" }] },
        new() { Model = "local/mock-audio-2", Voices = [new Voice { Id = "tone-c", Name = "tone c" }] },
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/v1/voices", InvokeAsync);

    private static Task InvokeAsync(HttpContext context)
    {
        var model = context.Request.Query["model"].ToString();
        return JsonResponse.WriteAsync(context, new VoiceListResponse { Data = [.. Voices.Where(voices => model.Length == 0 || voices.Model == model)] });
    }
}
