using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary><c>POST /v1/embeddings</c>: texts in, vectors of length one out.</summary>
internal static class EmbeddingsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/embeddings", InvokeAsync);

    private static async Task InvokeAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<EmbeddingRequest>(body.RootElement);
        fields.RequireNotEmpty("model");
        var texts = fields.Texts("input");
        if (texts.Count == 0 || texts.Any(text => text.Length == 0))
        {
            throw ApiErrorException.Invalid("input must not be empty.", "input");
        }

        var tokens = texts.Sum(Tokenizer.Count);
        await JsonResponse.WriteAsync(context, new EmbeddingResponse
        {
            Object = ListObject.List,
            Model = fields.Text("model"),
            Data = [.. texts.Select((text, index) => new EmbeddingData { Object = EmbeddingObject.Embedding, Index = index, Embedding = TextVector.Of(text) })],
            Usage = new Usage { PromptTokens = tokens, CompletionTokens = 0, TotalTokens = tokens },
        }).ConfigureAwait(false);
    }
}
