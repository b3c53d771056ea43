using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Shapes;

/// <summary>What a document may say of the C# type of a value of several types.</summary>
public sealed class UnionTests() : ForeignClientFixture(Document, Program)
{
    private const string Document = """
        openapi: 3.0.3
        info: { title: T, version: '1' }
        paths:
          /notes:
            post:
              tags: [Notes]
              operationId: Create
              requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/NoteRequest' } } } }
              responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } } }
        components:
          schemas:
            NoteRequest:
              type: object
              required: [content]
              properties: { content: { $ref: '#/components/schemas/Content' }, about: { $ref: '#/components/schemas/About' } }
            Note: { type: object, required: [content], properties: { content: { $ref: '#/components/schemas/Content' }, score: { $ref: '#/components/schemas/Score' } } }
            Content:
              nullable: true
              x-collection: true
              x-hand-written: [Words, GetEnumerator]
              anyOf:
                - { type: string, x-csharp-name: Words }
                - { type: array, x-csharp-name: Parts, items: { $ref: '#/components/schemas/Part' } }
            Part: { type: object, required: [text], properties: { text: { type: string, maxLength: 3 } } }
            About:
              anyOf:
                - { x-csharp-name: Chapter, allOf: [{ $ref: '#/components/schemas/Part' }] }
                - { type: object, x-csharp-name: Anything, additionalProperties: true }
                - { type: array, items: { type: string } }
            Score:
              anyOf:
                - { type: number, format: double, x-csharp-name: Points }
                - { type: boolean }
        """;

    private const string Program = """"
        #nullable enable
        namespace TogetherAI;

        using System.Collections.Generic;
        using System.Linq;
        using TogetherAI.Runtime.Contracts;
        using TogetherAI.Runtime.Json;

        #pragma warning disable CS1591
        public sealed partial class Content
        {
            public string? Words => _value as string ?? (Parts is null ? null : string.Concat(Parts.Select(part => part.Text)));

            public IEnumerator<Part> GetEnumerator() => (Parts ?? [new Part(Words ?? "")]).GetEnumerator();
        }

        public static class Program
        {
            public static string Read(string json)
            {
                var note = ApiJson.Deserialize<Note>(System.Text.Encoding.UTF8.GetBytes(json));
                return $"{note.Content?.Words} {note.Content?.Count()} {note.Content?.Unknown is not null} {note.Score?.Points} {note.Score?.Unknown is not null}";
            }

            public static string Made()
            {
                var parts = new List<Part> { new("a"), new("b") };
                NoteRequest[] requests =
                [
                    new() { Content = "w", About = new Part("c") },
                    new() { Content = [new Part("a")], About = new Newtonsoft.Json.Linq.JObject { ["x"] = 1 } },
                    new() { Content = parts, About = About.FromTextList(["t"]) },
                    new() { Content = parts.ToArray(), About = About.FromAnything(anything: []) },
                ];
                parts.Clear();
                return string.Join(" ", requests.Select(Newtonsoft.Json.JsonConvert.SerializeObject));
            }

            public static string? Check()
            {
                try
                {
                    ((IValidated)new NoteRequest { Content = [new Part("a"), new Part("four")] }).Validate("request");
                    return null;
                }
                catch (System.ArgumentException exception)
                {
                    return exception.Message;
                }
            }
        }
        """";

    [TestCase("""{"content":"w","score":0.5}""", "w 1 False 0.5 False")]
    [TestCase("""{"content":[{"text":"a"},{"text":"b"}],"score":2}""", "ab 2 False 2 False")]
    [TestCase("""{"content":[7],"score":"NaN"}""", " 1 True NaN False")]
    [TestCase("""{"content":null,"score":"best"}""", "  False  True")]
    public void Value_of_several_types_is_read_with_the_members_of_its_partial_class(string json, string read)
        => Assert.That(Call<string>("Read", json), Is.EqualTo(read));

    [Test]
    public void Value_with_a_collection_is_made_of_an_expression_an_array_or_a_list_and_copies_it()
        => Assert.That(
            Call<string>("Made"),
            Is.EqualTo("""{"content":"w","about":{"text":"c"}} {"content":[{"text":"a"}],"about":{"x":1}} {"content":[{"text":"a"},{"text":"b"}],"about":["t"]} {"content":[{"text":"a"},{"text":"b"}],"about":{}}"""));

    [Test]
    public void Limits_within_a_value_of_several_types_are_checked()
        => Assert.That(Call<string>("Check"), Does.Contain("request.Content.Parts[1].Text"));
}
