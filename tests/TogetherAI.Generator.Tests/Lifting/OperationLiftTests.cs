using System.Text.Json.Nodes;
using NUnit.Framework;

namespace TogetherAI.Generator.Tests.Lifting;

/// <summary>Operations are reduced to what a method of the client is: one request, one response, parameters that say how they are written.</summary>
public sealed class OperationLiftTests
{
    [TestCase("application/vnd.api+json: { schema: { $ref: '#/components/schemas/Cat' } }", "application/json", "x-content-type", "application/vnd.api+json")]
    [TestCase("application/json; charset=utf-8: { schema: { $ref: '#/components/schemas/Cat' } }", "application/json", "x-content-type", null)]
    [TestCase("application/xml: { schema: { $ref: '#/components/schemas/Cat' } }, application/json: { schema: { $ref: '#/components/schemas/Cat' } }", "application/json", "x-content-type", null)]
    [TestCase("application/x-www-form-urlencoded: { schema: { type: object, properties: { a: { type: string } } } }", "multipart/form-data", "x-form-encoding", "urlencoded")]
    [TestCase("multipart/form-data: { schema: { $ref: '#/components/schemas/Cat' } }", "multipart/form-data", "x-form", "Cat")]
    [TestCase("text/plain: { schema: { type: string } }", "text/plain", "x-body", "text")]
    [TestCase("application/octet-stream: { schema: { type: string, format: binary } }", "application/octet-stream", "x-content-type", "application/octet-stream")]
    [TestCase("image/png: {}", "application/octet-stream", "x-content-type", "image/png")]
    public void Request_is_reduced_to_one_that_is_sent(string content, string mediaType, string word, string? value)
    {
        var operation = Operation($"requestBody: {{ required: true, content: {{ {content} }} }}, responses: {{ '200': {{ description: D. }} }}");

        Assert.That(operation["requestBody"]!["content"]!.AsObject().Single().Key, Is.EqualTo(mediaType));
        Assert.That((string?)operation[word], Is.EqualTo(value));
    }

    [TestCase("'200': { description: D., content: { text/plain: { schema: { type: string } } } }", "text", false)]
    [TestCase("'200': { description: D., content: { audio/wav: { schema: { type: string, format: binary } } } }", "bytes", false)]
    [TestCase("'200': { description: D., content: { application/problem+json: { schema: { type: string } } } }", null, false)]
    [TestCase("'200': { description: D., content: { application/json: { schema: { type: string } } } }, '204': { description: None. }", null, true)]
    [TestCase("default: { description: D., content: { application/json: { schema: { type: string } } } }", null, false)]
    [TestCase("2XX: { description: D., content: { application/json: { schema: { type: integer } } } }, '404': { description: No., content: { text/plain: {} } }", null, false)]
    public void Response_is_reduced_to_one_that_is_read(string responses, string? kind, bool mayBeEmpty)
    {
        var operation = Operation($"responses: {{ {responses} }}");

        Assert.That(operation["responses"]!.AsObject().Single().Key, Is.EqualTo("200"));
        Assert.That((string?)operation["x-response"], Is.EqualTo(kind));
        Assert.That((bool?)operation["x-may-be-empty"] ?? false, Is.EqualTo(mayBeEmpty));
    }

    [Test]
    public void Several_types_of_response_become_a_union()
    {
        var document = Document("operationId: probe, responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Cat' } } } }, '201': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Dog' } } } } }");

        Assert.That((bool)document.Schema("ProbeResponse")!["x-union"]!, Is.True);
    }

    [TestCase("in: query, explode: false", ",")]
    [TestCase("in: query, style: pipeDelimited", "|")]
    [TestCase("in: query, style: spaceDelimited", " ")]
    [TestCase("in: header", ",")]
    [TestCase("in: path, required: true", ",")]
    [TestCase("in: query", null)]
    public void List_in_a_parameter_says_how_it_is_joined(string parameter, string? separator)
    {
        var operation = Operation($"parameters: [{{ name: id, {parameter}, schema: {{ type: array, items: {{ type: string }} }} }}], responses: {{ '200': {{ description: D. }} }}");

        Assert.That((string?)operation["parameters"]![0]!["x-separator"], Is.EqualTo(separator));
    }

    [TestCase("tags: [Pet Shop], operationId: list-all", "PetShop_ListAll")]
    [TestCase("tags: [Pets], operationId: Pets_List", "Pets_List")]
    [TestCase("tags: [Pets], operationId: compat_list", "Pets_CompatList")]
    [TestCase("operationId: listAsync", "Probes_List")]
    [TestCase("tags: [Pets]", "Pets_GetProbeId")]
    public void Operation_is_named_by_its_tag_and_id_or_by_its_path(string words, string id)
        => Assert.That((string?)Operation($"{words}, responses: {{ '200': {{ description: D. }} }}")["operationId"], Is.EqualTo(id));

    private static LiftedDocument Document(string operation) => LiftedDocument.Of("", paths: $"{{ '/probe/{{id}}': {{ get: {{ {operation} }} }} }}");

    private static JsonNode Operation(string operation) => Document(operation).Root["paths"]!["/probe/{id}"]!["get"]!;
}
