using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Media;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary><c>POST /v1/images/generations</c>: a striped PNG of the size that is asked for, inside the response or at an address.</summary>
internal sealed class ImagesEndpoint(ModelCatalog models)
{
    private const int DefaultSide = 1024;
    private const int LongestSide = 4096;
    private const int MostImages = 4;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/images/generations", GenerateAsync);
        routes.MapRead("/images/{width:int:range(1,4096)}x{height:int:range(1,4096)}/{number:long:range(0,4294967295)}.png", DownloadAsync);
    }

    private async Task GenerateAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<ImageRequest>(body.RootElement);
        fields.RequireNotEmpty("model", "prompt");
        fields.RequireRange("n", 1, MostImages);
        fields.RequireRange("steps", 1, 50);
        fields.RequireRange("width", 1, LongestSide);
        fields.RequireRange("height", 1, LongestSide);
        fields.RequireWord("response_format", "base64", "url");
        fields.RequireWord("output_format", "jpeg", "png");
        if (fields.Text("output_format") == "jpeg")
        {
            throw ApiErrorException.Invalid("This local server draws PNGs only; leave output_format out, or ask for png.", "output_format");
        }

        models.Require(fields.Text("model"));
        var images = Enumerable.Range(0, fields.Integer("n", 1)).Select(index => Image(context.Request, fields, index));
        await JsonResponse.WriteAsync(context, new ImageResponse
        {
            Id = RequestId.Of(context),
            Model = fields.Text("model"),
            Object = "list",
            Data = [.. images],
        }).ConfigureAwait(false);
    }

    private static ImageData Image(HttpRequest request, JsonFields fields, int index)
    {
        var width = fields.Integer("width", DefaultSide);
        var height = fields.Integer("height", DefaultSide);
        var number = StableHash.Of(string.Create(CultureInfo.InvariantCulture, $"{fields.Text("prompt")} {fields.Long("seed", 0)} {index}"));
        return fields.Text("response_format") == "base64"
            ? new ImageData { Index = index, Data = Png.Stripes(width, height, number) }
            : new ImageData { Index = index, Url = string.Create(CultureInfo.InvariantCulture, $"{request.Scheme}://{request.Host}/images/{width}x{height}/{number}.png") };
    }

    private static async Task DownloadAsync(HttpContext context)
    {
        var values = context.Request.RouteValues;
        var png = Png.Stripes(Number(values["width"]), Number(values["height"]), uint.Parse((string)values["number"]!, CultureInfo.InvariantCulture));
        context.Response.ContentType = "image/png";
        context.Response.ContentLength = png.Length;
        await context.Response.BodyWriter.WriteAsync(png, context.RequestAborted).ConfigureAwait(false);
    }

    private static int Number(object? value) => int.Parse((string)value!, CultureInfo.InvariantCulture);
}
