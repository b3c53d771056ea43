using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;
using TogetherAI.Generator.Writing;

namespace TogetherAI.Generator.Tests.Program;

/// <summary>A document may stand in several files.</summary>
public sealed class BundlingTests
{
    private const string Document = """
        openapi: 3.0.3
        info: { title: T, version: '1' }
        paths:
          /a: { $ref: paths/a.yaml }
        components:
          schemas:
            Pet: { type: object, properties: { local: { type: string } } }
        """;

    private const string PathFile = """
        post:
          tags: [A]
          operationId: Send
          parameters: [{ $ref: '../shared.json#/parameters/Page' }]
          requestBody: { content: { application/json: { schema: { $ref: '../shared.json#/schemas/Pet' } } } }
          responses: { '200': { description: D., content: { application/json: { schema: { $ref: '../api.yaml#/components/schemas/Pet' } } } } }
        """;

    private const string Shared = """
        {
          "parameters": { "Page": { "name": "page", "in": "query", "schema": { "type": "integer", "format": "int32" } } },
          "schemas": { "Pet": { "type": "object", "properties": { "parent": { "$ref": "#/schemas/Pet" }, "owner": { "$ref": "owner.yaml" } } } }
        }
        """;

    [Test]
    public void Files_become_one_document_and_names_stay_unique()
    {
        var generation = Generation.Of(Document, others: [("paths/a.yaml", PathFile), ("shared.json", Shared), ("owner.yaml", "type: object\nproperties: { name: { type: string } }\n")]);

        Assert.That(generation.Faults, Is.Empty, $"{generation}");
        var schemas = generation.Written!.Map("components")!.Map("schemas")!;
        Assert.That(schemas.Keys, Is.EqualTo(new[] { "Pet", "Pet2", "Owner", "ASendParameters" }));
        Assert.That(JsonNodeWriter.WriteText(schemas["Pet2"]!), Does.Contain("#/components/schemas/Pet2").And.Contain("#/components/schemas/Owner"));
        Assert.That(JsonNodeWriter.WriteText(generation.Written!.Map("paths")!), Does.Contain("page").And.Contain("#/components/schemas/Pet\"").And.Contain("#/components/schemas/Pet2\""));
    }

    [Test]
    public void Fault_in_another_file_is_reported_in_that_file()
    {
        var generation = Generation.Of(Document, others: [("paths/a.yaml", PathFile), ("shared.json", Shared), ("owner.yaml", "type: object\nproperties: { name: { type: sting } }\n")]);

        Assert.That($"{generation}", Does.StartWith("owner.yaml(2,29): error TAI0013: 'type' cannot be 'sting'."));
    }

    [Test]
    public void Reference_into_a_file_that_does_not_have_it_is_an_error_at_the_reference()
    {
        var generation = Generation.Of(Document, others: [("paths/a.yaml", PathFile.Replace("/Page", "/Paeg", StringComparison.Ordinal)), ("shared.json", Shared), ("owner.yaml", "type: object\n")]);

        Assert.That($"{generation}", Does.StartWith("a.yaml(4,24): error TAI0007: ").And.Contain("has no #/parameters/Paeg"));
    }

    [Test]
    public void File_that_is_broken_is_an_error_in_it()
    {
        var generation = Generation.Of(Document, others: [("paths/a.yaml", PathFile), ("shared.json", "{ oops }"), ("owner.yaml", "type: object\n")]);

        Assert.That($"{generation}", Does.Contain("shared.json(1,3): error TAI0003: This is not JSON"));
    }

    [Test]
    public void Path_that_refers_to_itself_is_an_error()
    {
        var generation = Generation.Of(Document, others: ("paths/a.yaml", "{ $ref: a.yaml }"));

        Assert.That($"{generation}", Does.Contain("error TAI0007: The reference 'a.yaml' leads back to itself."));
    }

    [Test]
    public void Media_type_among_the_components_stands_where_it_is_used()
    {
        var generation = Generation.Of("""
            openapi: 3.2.0
            info: { title: T, version: '1' }
            paths:
              /a: { post: { operationId: Send, requestBody: { content: { application/json: { $ref: '#/components/mediaTypes/Pet' } } }, responses: { '200': { description: D., content: { application/json: { $ref: '#/components/mediaTypes/Pet' }, text/event-stream: { $ref: '#/components/mediaTypes/Pets' } } } } } }
            components:
              mediaTypes: { Pet: { schema: { $ref: '#/components/schemas/Pet' } }, Pets: { itemSchema: { $ref: '#/components/schemas/Piece' } } }
              schemas: { Pet: { type: object, properties: { name: { type: string } } }, Piece: { type: object, properties: { text: { type: string } } } }
            """);

        Assert.That(generation.Faults, Is.Empty, $"{generation}");
        var operation = JsonNodeWriter.WriteText(generation.Written!.Map("paths")!);
        Assert.That(operation, Does.Match("(?s)requestBody.*#/components/schemas/Pet\".*responses.*#/components/schemas/Pet\"").And.Contain("x-stream"));
    }
}
