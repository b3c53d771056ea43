using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Shapes;

/// <summary>Responses that are a number or a boolean: whatever is none is an error, never zero or false.</summary>
public sealed class ValueResponseTests() : ForeignClientFixture(Document, Program)
{
    private const string Document = """
        openapi: 3.0.3
        info: { title: T, version: '1' }
        paths:
          /count: { get: { tags: [Values], operationId: Count, responses: { '200': { description: D., content: { application/json: { schema: { type: integer, format: int32 } } } } } } }
          /share: { get: { tags: [Values], operationId: Share, responses: { '200': { description: D., content: { application/json: { schema: { type: number, format: double } } } } } } }
          /truth: { get: { tags: [Values], operationId: Truth, responses: { '200': { description: D., content: { application/json: { schema: { type: boolean } } } } } } }
        """;

    private const string Program = """"
        #nullable enable
        #pragma warning disable CS1591
        namespace TogetherAI;

        using System.Threading.Tasks;

        public static class Program
        {
            public static async Task<string> Count(string url) => $"{await Client(url).CountAsync()}";

            public static async Task<string> Share(string url) => $"{await Client(url).ShareAsync()}";

            public static async Task<string> Truth(string url) => $"{await Client(url).TruthAsync()}";

            private static TogetherAIValuesClient Client(string url) => new(new TogetherAIOptions { BaseUrl = new System.Uri(url), ApiKey = "key" });
        }
        """";

    private string _body = "";

    protected override string Respond(string request) => WireServer.Response("application/json", _body);

    [TestCase("Count", "7", "7")]
    [TestCase("Count", " -1 ", "-1")]
    [TestCase("Share", "0.5", "0.5")]
    [TestCase("Truth", "true", "True")]
    [TestCase("Truth", "false", "False")]
    public async Task Value_is_read(string method, string body, string expected)
    {
        _body = body;

        Assert.That(await Call<Task<string>>(method, Server.Url), Is.EqualTo(expected));
    }

    [Test]
    public void Body_that_is_no_such_value_is_an_error(
        [Values("Count", "Share", "Truth")] string method,
        [Values("", " ", "null", "{}", "[]", "[1]", "<html>", "\"\"", "\"no\"", "1 2", "tru")] string body)
    {
        _body = body;

        Assert.That(() => Call<Task<string>>(method, Server.Url), Throws.Exception.With.Message.Contains("cannot be read").Or.Message.Contains("empty response"));
    }

    [Test]
    public void Error_instead_of_a_value_says_what_the_server_said([Values("Count", "Share", "Truth")] string method)
    {
        _body = """{"error":{"message":"No such shelf"}}""";

        Assert.That(() => Call<Task<string>>(method, Server.Url), Throws.Exception.With.Message.Contains("No such shelf"));
    }
}
