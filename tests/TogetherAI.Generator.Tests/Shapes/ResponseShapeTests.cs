using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Shapes;

/// <summary>What is only read differs from what is sent, in any document.</summary>
public sealed class ResponseShapeTests() : ForeignClientFixture(Document, Program)
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: T, version: '1' }
        paths:
          /shelves:
            post:
              tags: [Shelves]
              operationId: Create
              requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/ShelfRequest' } } } }
              responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Shelf' } } } } }
        components:
          schemas:
            ShelfRequest:
              type: object
              required: [class, books, kind, sentBooks, AdditionalProperties]
              properties:
                class: { type: string }
                books: { type: array, items: { $ref: '#/components/schemas/Book' } }
                kind: { type: string, const: shelf }
                sentBooks: { type: integer, format: int32 }
                AdditionalProperties: { type: boolean }
                notes: { type: array, items: { type: string } }
            Book: { type: object, required: [id], properties: { id: { type: string }, tags: { type: array, items: { type: string } } } }
            Shelf:
              type: object
              required: [id, books, count]
              additionalProperties: false
              properties:
                id: { type: string }
                count: { type: integer, format: int32 }
                books: { type: array, items: { $ref: '#/components/schemas/Book' } }
                notes: { type: [array, 'null'], items: { type: string } }
                sent_notes: { type: string }
                grid: { type: array, items: { type: array, items: { type: integer, format: int32 } } }
                votes: { type: object, additionalProperties: { type: array, items: { type: number } } }
                size: { $ref: '#/components/schemas/Size' }
            Size: { type: object, properties: { width: { type: integer, format: int32 } } }
        """;

    private const string Program = """"
        #nullable enable
        namespace TogetherAI;

        using System.Linq;
        using TogetherAI.Runtime.Json;

        #pragma warning disable CS1591
        public static class Program
        {
            public static string Read(string json)
            {
                var shelf = ApiJson.Deserialize<Shelf>(System.Text.Encoding.UTF8.GetBytes(json));
                return $"{shelf.Books.Count} {shelf.Notes.Count} {shelf.Grid.Sum(row => row.Count)} {shelf.Votes.Values.Sum(list => list.Count)} {Newtonsoft.Json.JsonConvert.SerializeObject(shelf)} {Text(shelf)}";
            }

            public static string Make()
            {
                var request = new ShelfRequest("c", [new Book("1"), new Book { Id = "2", Tags = ["t"] }], 3, true) { Notes = ["n"] };
                var shelf = new Shelf { Size = new() };
                return $"{Text(request)} {Text(shelf)} {shelf.Books.Count}";
            }

            private static string Text(object value)
            {
                using var json = ApiJson.Serialize(value);
                using var bytes = new System.IO.MemoryStream();
                json.TrySendAsync(bytes, default).GetAwaiter().GetResult();
                return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
            }
        }
        """";

    [TestCase("""{"id":"a","count":0,"books":[]}""", "0 0 0 0")]
    [TestCase("""{"id":"a","count":1,"books":[{"id":"b"}],"notes":[],"grid":[[1],[2,3]],"votes":{"x":[0.5]}}""", "1 0 3 1")]
    [TestCase("""{"id":"a","count":1,"books":[],"notes":["n"],"sent_notes":"s","grid":[],"votes":{}}""", "0 1 0 0")]
    public void Collections_of_a_response_are_never_null_and_written_as_they_came(string json, string counts)
        => Assert.That(Call<string>("Read", json), Is.EqualTo($"{counts} {json} {json}"));

    [Test]
    public void Null_collection_of_a_response_reads_as_an_empty_one()
    {
        const string Written = """{"id":"a","count":1,"books":[]}""";

        Assert.That(Call<string>("Read", """{"id":"a","count":1,"books":[],"notes":null,"votes":null}"""), Is.EqualTo($"0 0 0 0 {Written} {Written}"));
    }

    [TestCase("""{"id":"a","count":1}""", "books")]
    [TestCase("""{"id":"a","books":[]}""", "count")]
    public void Missing_field_that_a_response_requires_is_named(string json, string field)
        => Assert.That(() => Call<string>("Read", json), Throws.InstanceOf<Newtonsoft.Json.JsonException>().With.Message.Contains($"'{field}'"));

    [Test]
    public void Request_takes_what_it_requires_in_its_constructor_and_a_response_needs_nothing()
        => Assert.That(
            Call<string>("Make"),
            Is.EqualTo("""{"class":"c","books":[{"id":"1"},{"id":"2","tags":["t"]}],"kind":"shelf","sentBooks":3,"AdditionalProperties":true,"notes":["n"]} {"count":0,"size":{}} 0"""));
}
