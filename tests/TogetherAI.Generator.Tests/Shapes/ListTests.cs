using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Shapes;

/// <summary>Lists of any document have room for more, and those that come in pages can be read as one.</summary>
public sealed class ListTests() : ForeignClientFixture(Document, Program)
{
    private const string Document = """
        openapi: 3.0.3
        info: { title: T, version: '1' }
        paths:
          /names:
            get: { tags: [Books], operationId: ListNames, responses: { '200': { description: The names., content: { application/json: { schema: { type: array, items: { type: string } } } } } } }
          /grid:
            get: { tags: [Books], operationId: Grid, x-response-name: BookGridResponse, responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Grid' } } } } } }
          /shelves/{shelf}/books:
            get:
              tags: [Books]
              operationId: List
              summary: Lists books.
              parameters:
                - { name: shelf, in: path, required: true, schema: { type: string } }
                - { name: after, in: query, schema: { type: string } }
                - { name: limit, in: query, schema: { type: integer, format: int32 } }
              x-pages: { cursor: after, next: paging/next }
              responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Books' } } } } }
          /numbers:
            get:
              tags: [Numbers]
              operationId: Numbers_List
              parameters:
                - { name: page, in: query, schema: { type: integer, format: int32 } }
                - { name: size, in: query, required: true, schema: { type: integer, format: int32 } }
              x-pages: { cursor: page, next: next_page, more: has_more, items: numbers }
              responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Numbers' } } } } }
        components:
          schemas:
            Grid: { type: array, items: { type: array, items: { type: integer, format: int32 } } }
            Book: { type: object, required: [id], properties: { id: { type: string } } }
            Books: { type: object, properties: { data: { type: array, items: { $ref: '#/components/schemas/Book' } }, paging: { $ref: '#/components/schemas/Paging' } } }
            Paging: { type: object, properties: { next: { type: string, nullable: true } } }
            Numbers: { type: object, required: [numbers], properties: { numbers: { type: array, items: { type: integer, format: int64 } }, next_page: { type: integer, format: int32 }, has_more: { type: boolean } } }
        """;

    private const string Program = """"
        #nullable enable
        #pragma warning disable CS1591
        namespace TogetherAI;

        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Program
        {
            private static TogetherAIOptions Options(string url) => new() { BaseUrl = new System.Uri(url), ApiKey = "key" };

            public static async Task<string> Names(string url)
            {
                BookListNamesResponse names = await new TogetherAIBooksClient(Options(url)).ListNamesAsync();
                return string.Join(",", names.Data) + names.AdditionalProperties.Count;
            }

            public static async Task<string> Grid(string url)
            {
                BookGridResponse grid = await new TogetherAIBooksClient(Options(url)).GridAsync();
                return string.Join(",", grid.Data.Select(row => row.Sum()));
            }

            public static Task<string> Books(string url) => Joined(new TogetherAIBooksClient(Options(url)).ListAllAsync("s", new BookListRequest { Limit = 2 }));

            public static Task<string> BooksFrom(string url) => Joined(new TogetherAIBooksClient(Options(url)).ListAllAsync("s", new BookListRequest { After = "two" }));

            public static Task<string> BooksWithoutRequest(string url) => Joined(new TogetherAIBooksClient(Options(url)).ListAllAsync("s"));

            public static Task<string> Loop(string url) => Joined(new TogetherAIBooksClient(Options(url)).ListAllAsync("loop"));

            public static async Task<string> First(string url)
            {
                await foreach (var book in new TogetherAIBooksClient(Options(url)).ListAllAsync("s")) { return book.Id; }
                return "";
            }

            public static async Task<string> Numbers(string url)
            {
                var numbers = new List<long>();
                await foreach (var number in new TogetherAINumbersClient(Options(url)).ListAllAsync(new NumberListRequest(size: 2))) { numbers.Add(number); }
                return string.Join(",", numbers);
            }

            private static async Task<string> Joined(IAsyncEnumerable<Book> books)
            {
                var ids = new List<string>();
                await foreach (var book in books) { ids.Add(book.Id); }
                return string.Join(",", ids);
            }
        }
        """";

    private static readonly Dictionary<string, string> Pages = new()
    {
        ["/names"] = """["a","b"]""",
        ["/grid"] = """{"data":[[1,2],[],[3]]}""",
        ["/shelves/s/books"] = """{"data":[{"id":"1"},{"id":"2"}],"paging":{"next":"two"}}""",
        ["/shelves/s/books?limit=2"] = """{"data":[{"id":"1"},{"id":"2"}],"paging":{"next":"two"}}""",
        ["/shelves/s/books?after=two"] = """{"paging":{"next":"& three"}}""",
        ["/shelves/s/books?after=two&limit=2"] = """{"paging":{"next":"& three"}}""",
        ["/shelves/s/books?after=%26%20three"] = """{"data":[{"id":"3"}],"paging":{"next":null}}""",
        ["/shelves/s/books?after=%26%20three&limit=2"] = """{"data":[{"id":"3"}]}""",
        ["/shelves/loop/books"] = """{"data":[{"id":"1"}],"paging":{"next":"x"}}""",
        ["/shelves/loop/books?after=x"] = """{"data":[{"id":"2"}],"paging":{"next":"x"}}""",
        ["/numbers?size=2"] = """{"numbers":[1,2],"next_page":2,"has_more":true}""",
        ["/numbers?page=2&size=2"] = """{"numbers":[3],"next_page":3,"has_more":false}""",
    };

    [TestCase("Names", "a,b0")]
    [TestCase("Grid", "3,0,3")]
    [TestCase("Books", "1,2,3")]
    [TestCase("BooksFrom", "3")]
    [TestCase("BooksWithoutRequest", "1,2,3")]
    [TestCase("Numbers", "1,2,3")]
    public async Task Items_are_read(string method, string expected)
        => Assert.That(await RunAsync(method), Is.EqualTo(expected));

    [Test]
    public async Task Page_is_fetched_when_enumeration_comes_to_it()
    {
        var before = Server.Requests.Count;

        Assert.That(await RunAsync("First"), Is.EqualTo("1"));
        Assert.That(Server.Requests, Has.Count.EqualTo(before + 1));
    }

    [Test]
    public void Page_that_names_itself_as_the_next_one_ends_in_an_error()
        => Assert.That(() => RunAsync("Loop"), Throws.Exception.With.Message.StartsWith("The page of the cursor 'x' names itself as the next one."));

    [TestCase("x-pages: { cursor: aftr, next: next }", "(5,62): error TAI0032: 'aftr' is no parameter of the query of POST /a. Did you mean 'after'?")]
    [TestCase("x-pages: { cursor: after, next: nxt }", "(5,75): error TAI0032: The response of POST /a has no field 'nxt' that is a string or an integer.")]
    [TestCase("x-pages: { cursor: after, next: number }", "(5,75): error TAI0032: The field 'number' is of another type than the parameter 'after', which takes its value.")]
    [TestCase("x-pages: { cursor: after, next: next, items: next }", "(5,88): error TAI0032: The response of POST /a has no field 'next' that is a list.")]
    [TestCase("x-pages: { cursor: after, next: next, items: none }", "(5,88): error TAI0032: The response of POST /a has no field 'none' that is a list.")]
    [TestCase("x-pages: { cursor: after, next: next, more: next }", "(5,87): error TAI0032: The response of POST /a has no field 'next' that is a boolean.")]
    [TestCase("x-pages: { cursor: needed, next: next }", "(5,62): error TAI0032: The parameter 'needed' is required, but the first page has no cursor. Make it optional.")]
    [TestCase("x-pages: { cursor: flag, next: next }", "(5,62): error TAI0032: The parameter 'flag' is neither a string nor an integer.")]
    [TestCase("x-pages: { cursor: after }", "(5,52): error TAI0032: 'x-pages' needs 'cursor', the parameter that takes the cursor, and 'next', the field of the response that has the next one.")]
    [TestCase("x-pages: { cursor: after, next: next, limit: 3 }", "(5,81): error TAI0032: 'x-pages' has no 'limit' with such a value. Its keys, whose values are strings, are cursor, next, more, items.")]
    [TestCase("x-pages: after", "(5,52): error TAI0030: 'x-pages' must be a map, not a string.")]
    [TestCase("x-response-name: PetListResponse", "(5,60): error TAI0030: 'x-response-name' names nothing: the response of POST /a is no bare array. Take it out.")]
    public void Words_that_do_not_agree_with_the_document_are_faults(string words, string fault)
    {
        const string Parameters = "parameters: [{ name: after, in: query, schema: { type: string } }, { name: needed, in: query, required: true, schema: { type: string } }, { name: flag, in: query, schema: { type: boolean } }]";
        const string Response = "responses: { '200': { description: D., content: { application/json: { schema: { type: object, properties: { data: { type: array, items: { type: string } }, next: { type: string }, number: { type: integer } } } } } } }";

        var generation = Generation.Of(SmallDocument.WithOperation($"tags: [A], operationId: List, {words}, {Parameters}, {Response}"));

        Assert.That($"{generation}", Is.EqualTo("api.yaml" + fault));
    }

    [TestCase("{ type: array, items: { $ref: '#/components/schemas/Probe' } }")]
    [TestCase("{ type: object, additionalProperties: { $ref: '#/components/schemas/Probe' } }")]
    [TestCase("{ type: array, items: { type: array, items: { $ref: '#/components/schemas/Probe' } } }")]
    public void List_whose_items_are_such_lists_is_JSON_or_a_fault(string schema)
    {
        var generation = Generation.Of(SmallDocument.WithSchema(schema));

        Assert.That(generation.Written is not null || generation.ToString().Contains("error TAI", StringComparison.Ordinal), $"{generation}");
    }

    [Test]
    public void Name_of_a_list_that_is_taken_is_a_fault()
    {
        var generation = Generation.Of(SmallDocument.WithOperation("tags: [A], operationId: List, x-response-name: Pet, responses: { '200': { description: D., content: { application/json: { schema: { type: array, items: { type: string } } } } } }"));

        Assert.That($"{generation}", Is.EqualTo("api.yaml(5,60): error TAI0050: A type of this operation would be called 'Pet', which is taken or no name in C#. Name it with 'x-response-name' at the operation."));
    }

    protected override string Respond(string request) => WireServer.Response("application/json", Pages[request.Split(' ')[1]]);

    private Task<string> RunAsync(string method) => Call<Task<string>>(method, Server.Url);
}
