using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Rerank;

public sealed class RerankTests
{
    [Test, CancelAfter(30_000)]
    public async Task Rerank_scores_are_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v1/rerank", """
            {"object":"rerank","model":"m","results":[{"index":1,"relevance_score":0.75,"document":{"text":"b"}},{"index":0,"relevance_score":-1,"document":{}}],"usage":{"prompt_tokens":3,"total_tokens":3}}
            """);
        var request = new RerankRequest { Model = "m", Query = "q", Documents = ["a", new JObject { ["text"] = "b" }], TopN = 2, ReturnDocuments = true, RankFields = ["text"] };

        var answer = await server.Client.Rerank.RerankAsync(request, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Results.Select(result => (result.Index, result.RelevanceScore, result.Document!.Text)), Is.EqualTo(new[] { (1, 0.75, "b"), (0, -1.0, (string?)null) }));
            Assert.That(server.Received.Body, Is.EqualTo(
                """{"model":"m","query":"q","documents":["a",{"text":"b"}],"top_n":2,"return_documents":true,"rank_fields":["text"]}"""));
        }
    }
}
