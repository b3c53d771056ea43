using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary><c>POST /v1/rerank</c>: documents sorted by how many words they share with a query.</summary>
internal sealed partial class RerankEndpoint(ModelCatalog models)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/rerank", InvokeAsync);

    private async Task InvokeAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<RerankRequest>(body.RootElement);
        fields.RequireNotEmpty("model", "query");
        fields.RequireRange("top_n", 1);
        var documents = fields.Items("documents");
        if (documents.Count == 0 || documents.Any(document => document.ValueKind is not (JsonValueKind.String or JsonValueKind.Object)))
        {
            throw ApiErrorException.Invalid("documents must be a list of texts or of objects, and not empty.", "documents");
        }

        models.Require(fields.Text("model"));
        await JsonResponse.WriteAsync(context, Answer(RequestId.Of(context), fields, documents)).ConfigureAwait(false);
    }

    private static RerankResponse Answer(string id, JsonFields fields, IReadOnlyList<JsonElement> documents)
    {
        var query = WordsOf(fields.Text("query"));
        var rankFields = fields.Texts("rank_fields");
        var results = documents
            .Select((document, index) => new RerankResult
            {
                Index = index,
                RelevanceScore = Score(query, WordsOf(Ranked(document, rankFields))),
                Document = fields.Flag("return_documents") ? new RerankResultDocument { Text = Whole(document) } : null,
            })
            .OrderByDescending(result => result.RelevanceScore)
            .ThenBy(result => result.Index)
            .Take(fields.Integer("top_n", int.MaxValue));
        var tokens = Tokenizer.Count(fields.Text("query")) + documents.Sum(document => Tokenizer.Count(Whole(document)));
        return new RerankResponse
        {
            Object = "rerank",
            Id = id,
            Model = fields.Text("model"),
            Results = [.. results],
            Usage = new TokenUsage { PromptTokens = tokens, CompletionTokens = 0, TotalTokens = tokens },
        };
    }

    // Dice's coefficient: 1 for the same words, 0 for none in common.
    private static double Score(HashSet<string> query, HashSet<string> document)
        => query.Count + document.Count == 0 ? 0 : 2.0 * query.Count(document.Contains) / (query.Count + document.Count);

    private static string Whole(JsonElement document)
        => document.ValueKind == JsonValueKind.String ? document.GetString()! : document.GetRawText();

    private static string Ranked(JsonElement document, IReadOnlyList<string> fields)
        => document.ValueKind == JsonValueKind.String
            ? document.GetString()!
            : string.Join(' ', document.EnumerateObject().Where(field => fields.Count == 0 || fields.Contains(field.Name)).Select(field => field.Value.ToString()));

    private static HashSet<string> WordsOf(string text)
        => Words().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
