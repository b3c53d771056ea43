using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Media;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>
/// <c>POST /v2/videos</c> begins a job, <c>GET /v2/videos/{id}</c> finds it done. The id says all about the job, so that
/// the server need not remember any. Clients whose base address ends with /v1 ask there: Together's own for TypeScript
/// knows /v2 by its default address only.
/// </summary>
internal sealed class VideosEndpoint(ModelCatalog models, EventStreams streams)
{
    /// <summary>Where videos are downloaded, without a key.</summary>
    public const string Storage = "/videos";

    private const string Prefix = "video-";

    private static readonly string[] Versions = ["v2", "v1"];

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var version in Versions)
        {
            routes.MapPost($"/{version}/videos", CreateAsync);
            routes.MapRead($"/{version}/videos/{{id}}", RetrieveAsync);
        }

        routes.MapRead(Storage + "/empty.mp4", DownloadAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<VideoRequest>(body.RootElement);
        fields.RequireNotEmpty("model");
        fields.RequireRange("steps", 10, 50);
        fields.RequireRange("width", 1);
        fields.RequireRange("height", 1);
        fields.RequireRange("fps", 1);
        fields.RequireWord("output_format", "MP4", "WEBM");
        models.Require(fields.Text("model"));
        var size = $"{fields.Integer("width", 1366)}x{fields.Integer("height", 768)}";
        var job = new VideoTicket(fields.Text("model"), size, fields.Text("seconds", "5"), streams.UnixSeconds);
        await JsonResponse.WriteAsync(context, Describe(job, VideoStatus.InProgress)).ConfigureAwait(false);
    }

    private static Task RetrieveAsync(HttpContext context)
    {
        var job = Read(context.RouteId());
        var answer = Describe(job, VideoStatus.Completed);
        answer.CompletedAt = DateTimeOffset.FromUnixTimeSeconds(job.Created);
        answer.Outputs = new VideoOutputs { Cost = 0, VideoUrl = $"{context.Request.Scheme}://{context.Request.Host}{Storage}/empty.mp4" };
        return JsonResponse.WriteAsync(context, answer);
    }

    private static async Task DownloadAsync(HttpContext context)
    {
        var mp4 = Mp4.Empty();
        context.Response.ContentType = "video/mp4";
        context.Response.ContentLength = mp4.Length;
        await context.Response.BodyWriter.WriteAsync(mp4, context.RequestAborted).ConfigureAwait(false);
    }

    private static VideoJob Describe(VideoTicket job, VideoStatus status) => new()
    {
        Id = Prefix + WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(job, ServerJsonContext.Default.VideoTicket)),
        Object = "video",
        Model = job.Model,
        Status = status,
        CreatedAt = DateTimeOffset.FromUnixTimeSeconds(job.Created),
        Size = job.Size,
        Duration = double.TryParse(job.Seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null,
    };

    private static VideoTicket Read(string id)
    {
        try
        {
            if (id.StartsWith(Prefix, StringComparison.Ordinal) && JsonSerializer.Deserialize(WebEncoders.Base64UrlDecode(id[Prefix.Length..]), ServerJsonContext.Default.VideoTicket) is { Model: not null } job)
            {
                return job;
            }
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            // Not an id of this server.
        }

        throw new ApiErrorException(StatusCodes.Status404NotFound, "This server has begun no such video.", "invalid_request_error", "id");
    }
}
