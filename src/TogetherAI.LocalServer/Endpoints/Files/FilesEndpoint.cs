using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Files;

/// <summary>
/// The files under <c>/v1/files</c>. Uploads go as the service's own SDKs send them: <c>POST /v1/files</c> redirects to an
/// address under <see cref="Storage"/>, which takes the bytes without a key. One form with the file in it does as well.
/// </summary>
internal sealed class FilesEndpoint(FileShelf shelf)
{
    /// <summary>Where the bytes of uploads go, without a key.</summary>
    public const string Storage = "/storage";

    private static readonly string[] Types = ["jsonl", "parquet", "csv"];
    private static readonly string[] Purposes = ["fine-tune", "eval", "eval-sample", "batch-api"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/v1/files", context => JsonResponse.WriteAsync(context, new FileListResponse { Data = shelf.Listed }));
        routes.MapRead("/v1/files/{id}", context => JsonResponse.WriteAsync(context, shelf.Require(context.RouteId()).Facts));
        routes.MapDelete("/v1/files/{id}", DeleteAsync);
        routes.MapRead("/v1/files/{id}/content", DownloadAsync);
        routes.MapPost("/v1/files", CreateAsync);
        routes.MapPost("/v1/files/upload", UploadFormAsync);
        routes.MapPost("/v1/files/{id}/preprocess", context => JsonResponse.WriteAsync(context, shelf.Require(context.RouteId()).Facts));
        routes.MapPut(Storage + "/{id}", StoreAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
        {
            await UploadFormAsync(context).ConfigureAwait(false);
            return;
        }

        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false) : null;
        var file = Announce(name => context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : form?[name].ToString());
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = $"{context.Request.Scheme}://{context.Request.Host}{Storage}/{file.Facts.Id}";
        context.Response.Headers["X-Together-File-Id"] = file.Facts.Id;
    }

    private async Task UploadFormAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var upload = form.Files.GetFile("file") ?? throw ApiErrorException.Invalid("file is required.", "file");
        var file = Announce(name => form.TryGetValue(name, out var value) ? value.ToString() : name switch
        {
            "file_name" => upload.FileName,
            "file_type" => Path.GetExtension(upload.FileName).TrimStart('.').ToLowerInvariant() is var ending && Types.Contains(ending) ? ending : "jsonl",
            _ => null,
        });
        await file.StoreAsync(target => upload.CopyToAsync(target, context.RequestAborted), context.RequestAborted).ConfigureAwait(false);
        await JsonResponse.WriteAsync(context, file.Facts).ConfigureAwait(false);
    }

    private StoredFile Announce(Func<string, string?> field)
    {
        var name = Required("file_name");
        var type = field("file_type") is { Length: > 0 } given ? given : "jsonl";
        var purpose = Required("purpose");
        RequireWord("file_type", type, Types);
        RequireWord("purpose", purpose, Purposes);
        return shelf.Announce(name, new FileType(type), new FilePurpose(purpose));

        string Required(string parameter)
            => field(parameter) is { Length: > 0 } value ? value : throw ApiErrorException.Invalid($"{parameter} is required.", parameter);
    }

    private static void RequireWord(string parameter, string word, string[] words)
    {
        if (!words.Contains(word))
        {
            throw ApiErrorException.Invalid($"{parameter} must be one of {string.Join(", ", words)}.", parameter);
        }
    }

    private async Task StoreAsync(HttpContext context)
    {
        var file = shelf.Announced(context.RouteId()) ?? throw new ApiErrorException(StatusCodes.Status404NotFound, "Nobody has announced this file.", "invalid_request_error");
        if (file.IsComplete)
        {
            throw new ApiErrorException(StatusCodes.Status403Forbidden, "This file has its content already.", "invalid_request_error");
        }

        // As the storage behind the service, which takes no body whose length it is not told.
        if (context.Request.ContentLength is null)
        {
            throw new ApiErrorException(StatusCodes.Status411LengthRequired, "The header Content-Length is required.", "invalid_request_error");
        }

        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        await file.StoreAsync(target => context.Request.Body.CopyToAsync(target, context.RequestAborted), context.RequestAborted).ConfigureAwait(false);
    }

    private Task DeleteAsync(HttpContext context)
    {
        shelf.Delete(context.RouteId());
        return JsonResponse.WriteAsync(context, new FileDeleteResponse { Id = context.RouteId(), IsDeleted = true });
    }

    private async Task DownloadAsync(HttpContext context)
    {
        var file = shelf.Require(context.RouteId());
        await using var content = file.Open();
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await content.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
