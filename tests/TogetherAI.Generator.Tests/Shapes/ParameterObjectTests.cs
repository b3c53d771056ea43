using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Shapes;

/// <summary>What stands in the query and the headers of an operation is one object, in any document.</summary>
public sealed class ParameterObjectTests() : ForeignClientFixture(Document, Program)
{
    private const string Document = """
        openapi: 3.0.3
        info: { title: T, version: '1' }
        paths:
          /shelves/{shelf}/books:
            parameters:
              - { name: shelf, in: path, required: true, schema: { type: string } }
              - { name: limit, in: query, description: How many., schema: { type: integer, format: int32, minimum: 1 } }
            get:
              tags: [Books]
              operationId: List
              parameters:
                - { name: tag, in: query, schema: { type: array, maxItems: 2, items: { type: string } } }
                - { name: order, in: query, schema: { type: array, items: { type: string } }, explode: false }
                - { name: language, in: query, schema: { $ref: '#/components/schemas/Language' } }
                - { name: since, in: query, schema: { type: string, format: date-time } }
                - { name: filter, in: query, content: { application/json: { schema: { $ref: '#/components/schemas/Filter' } } } }
                - { name: limit, in: header, x-csharp-name: HeaderLimit, schema: { type: integer, format: int32 } }
                - { name: old, in: query, deprecated: true, schema: { type: boolean } }
                - { name: after, in: query, schema: { type: integer, format: unix-time } }
                - { name: before, in: query, schema: { $ref: '#/components/schemas/Moment' } }
                - { name: window, in: query, schema: { type: number, format: duration-seconds } }
                - { name: X-At, in: header, schema: { type: string, format: unix-time } }
              responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Books' } } } } }
            post:
              tags: [Books]
              operationId: CreateBook
              parameters: [{ name: dry-run, in: query, required: true, schema: { type: boolean } }]
              requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
              responses: { '204': { description: D. } }
        components:
          schemas:
            Language: { type: string, enum: [en, de] }
            Moment: { type: number, format: unix-time }
            Filter: { type: object, required: [field], properties: { field: { type: string, maxLength: 3 } } }
            Book: { type: object, required: [id], properties: { id: { type: string } } }
            Books: { type: object, properties: { data: { type: array, items: { $ref: '#/components/schemas/Book' } } } }
        """;

    private const string Program = """"
        #nullable enable
        #pragma warning disable CS1591
        namespace TogetherAI;

        using System.Threading;
        using System.Threading.Tasks;

        public static class Program
        {
            public static ITogetherAIBooksClient Client(string url) => new TogetherAIBooksClient(new TogetherAIOptions { BaseUrl = new System.Uri(url), ApiKey = "key" });

            public static Task Nothing(ITogetherAIBooksClient client) => client.ListAsync("s");

            public static Task TokenAlone(ITogetherAIBooksClient client) => client.ListAsync("s", CancellationToken.None);

            public static Task All(ITogetherAIBooksClient client) => client.ListAsync("a/b", new BookListRequest
            {
                Limit = 3, HeaderLimit = 4, Tag = ["x", "y z"], Order = ["a", "b"], Language = Language.De, Filter = new Filter("f"),
                Since = new System.DateTimeOffset(2026, 1, 2, 3, 4, 5, System.TimeSpan.Zero),
                AdditionalProperties = { ["new"] = "&", ["many"] = new Newtonsoft.Json.Linq.JArray(1, "two"), ["none"] = null! },
            }, CancellationToken.None);

            public static Task Seconds(ITogetherAIBooksClient client) => client.ListAsync("s", new BookListRequest
            {
                After = System.DateTimeOffset.FromUnixTimeSeconds(1700000000), Before = System.DateTimeOffset.FromUnixTimeMilliseconds(1700000000250),
                Window = System.TimeSpan.FromSeconds(1.5), XAt = System.DateTimeOffset.FromUnixTimeSeconds(5),
            });

            public static Task BodyAndQuery(ITogetherAIBooksClient client) => client.CreateBookAsync("s", new Book("1"), new BookCreateParameters(dryRun: false), CancellationToken.None);

            public static Task Limit(ITogetherAIBooksClient client) => client.ListAsync("s", new BookListRequest { Limit = 0 });

            public static Task Items(ITogetherAIBooksClient client) => client.ListAsync("s", new BookListRequest { Tag = ["a", "b", "c"] });

            public static Task Nested(ITogetherAIBooksClient client) => client.ListAsync("s", new BookListRequest { Filter = new Filter("long") });

            public static Task Twice(ITogetherAIBooksClient client) => client.ListAsync("s", new BookListRequest { Limit = 1, AdditionalProperties = { ["limit"] = 2 } });

            public static Task Missing(ITogetherAIBooksClient client) => client.CreateBookAsync("s", new Book("1"), null!);
        }
        """";

    [TestCase("Nothing", "GET /shelves/s/books HTTP/1.1")]
    [TestCase("TokenAlone", "GET /shelves/s/books HTTP/1.1")]
    [TestCase("All", "GET /shelves/a%2Fb/books?tag=x&tag=y%20z&order=a%2Cb&language=de&since=2026-01-02T03%3A04%3A05%2B00%3A00&filter=%7B%22field%22%3A%22f%22%7D&limit=3&new=%26&many=1&many=two HTTP/1.1")]
    [TestCase("Seconds", "GET /shelves/s/books?after=1700000000&before=1700000000.25&window=1.5 HTTP/1.1")]
    [TestCase("BodyAndQuery", "POST /shelves/s/books?dry-run=false HTTP/1.1")]
    public async Task Parameters_are_sent_as_the_document_says(string method, string line)
    {
        await RunAsync(method);

        Assert.That(Server.Requests[^1], Does.StartWith(line + "\r\n"));
        Assert.That(Server.Requests[^1].Contains("\r\nlimit: 4\r\n", StringComparison.Ordinal), Is.EqualTo(method == "All"));
        Assert.That(Server.Requests[^1].Contains("\r\nX-At: 5\r\n", StringComparison.Ordinal), Is.EqualTo(method == "Seconds"));
    }

    [TestCase("Limit", "request.Limit must be at least 1.")]
    [TestCase("Items", "request.Tag may have at most 2 item(s).")]
    [TestCase("Nested", "request.Filter.Field must have at most 3 characters.")]
    [TestCase("Twice", "request.Limit and request.AdditionalProperties[\"limit\"] are the same field")]
    [TestCase("Missing", "Value cannot be null. (Parameter 'parameters')")]
    public void Limits_are_checked_before_anything_is_sent(string method, string sentence)
    {
        var before = Server.Requests.Count;

        Assert.That(() => RunAsync(method), Throws.InstanceOf<ArgumentException>().With.Message.StartsWith(sentence));
        Assert.That(Server.Requests, Has.Count.EqualTo(before));
    }

    [TestCase("Models", "list", false, "ModelListRequest")]
    [TestCase("Models", "ListModels", false, "ModelListRequest")]
    [TestCase("Models", "get_model_files", false, "ModelGetFilesRequest")]
    [TestCase("Models", "Modelling", false, "ModelModellingRequest")]
    [TestCase("Categories", "get", false, "CategoryGetRequest")]
    [TestCase("Boxes", "get", false, "BoxGetRequest")]
    [TestCase("Status", "get", false, "StatusGetRequest")]
    [TestCase("Process", "get", false, "ProcessGetRequest")]
    [TestCase("Audio", "ListVoices", false, "AudioListVoicesRequest")]
    [TestCase("Rerank", "rerank", false, "RerankRequest")]
    [TestCase("Models", "create", true, "ModelCreateParameters")]
    public void Type_is_named_after_the_area_and_the_method(string tag, string id, bool hasBody, string expected)
    {
        var body = hasBody ? "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Ask' } } } }, " : "";

        var generation = Generation.Of(SmallDocument.WithOperation($"tags: [{tag}], operationId: {id}, {body}parameters: [{{ name: q, in: query, schema: {{ type: string }} }}], responses: {SmallDocument.Pet}"));

        Assert.That(generation.Written?.Map("components")!.Map("schemas")!.Keys, Does.Contain(expected), $"{generation}");
    }

    [Test]
    public void Type_has_the_name_that_the_document_gives_it()
    {
        var generation = Generation.Of(SmallDocument.WithOperation($"tags: [A], operationId: List, x-request-name: PetQueryRequest, parameters: [{{ name: q, in: query, schema: {{ type: string }} }}], responses: {SmallDocument.Pet}"));

        Assert.That(generation.Written?.Map("components")!.Map("schemas")!.Keys, Does.Contain("PetQueryRequest").And.Not.Contain("AListRequest"), $"{generation}");
    }

    [TestCase("x-request-name: Pet, parameters: [{ name: q, in: query, schema: { type: string } }]", "api.yaml(5,59): error TAI0050: A type of this operation would be called 'Pet', which is taken or no name in C#. Name it with 'x-request-name' at the operation.")]
    [TestCase("x-request-name: a b, parameters: [{ name: q, in: query, schema: { type: string } }]", "api.yaml(5,59): error TAI0050: A type of this operation would be called 'a b', which is taken or no name in C#. Name it with 'x-request-name' at the operation.")]
    [TestCase("x-request-name: ListRequest", "api.yaml(5,59): error TAI0030: 'x-request-name' names nothing: POST /a has no parameter in its query or headers. Take it out.")]
    public void Name_that_cannot_be_is_a_fault(string words, string fault)
    {
        var generation = Generation.Of(SmallDocument.WithOperation($"tags: [A], operationId: List, {words}, responses: {SmallDocument.Pet}"));

        Assert.That($"{generation}", Is.EqualTo(fault));
    }

    [Test]
    public void Name_of_a_schema_is_not_taken_twice()
    {
        var document = SmallDocument.WithOperation($"tags: [Pets], operationId: List, parameters: [{{ name: q, in: query, schema: {{ type: string }} }}], responses: {SmallDocument.Pet}")
            .Replace("    Pet:", "    pet_list_request: { type: object, properties: { id: { type: string } } }\n    Pet:", StringComparison.Ordinal);

        Assert.That($"{Generation.Of(document)}", Is.EqualTo("api.yaml(5,5): error TAI0050: A type of this operation would be called 'PetListRequest', which is taken or no name in C#. Name it with 'x-request-name' at the operation."));
    }

    private Task RunAsync(string method) => Call<Task>(method, Call<object>("Client", Server.Url));
}
