using NUnit.Framework;
using TogetherAI.Generator.Drift;

namespace TogetherAI.Generator.Tests.Drift;

/// <summary>Two documents are compared by what they say, however they say it.</summary>
public sealed class DriftTests
{
    private const string Ours = "{ type: object, required: [model], properties: { model: { type: string }, size: { type: integer, minimum: 1, maximum: 9 }, mood: { type: string, enum: [a, b] } } }";

    [TestCase("{ type: object, properties: { model: { type: string }, size: { type: integer, minimum: 1, maximum: 9 }, mood: { type: string, enum: [a, b] } } }", "request.model", "required", "yes", "no")]
    [TestCase("{ type: object, required: [model], properties: { model: { type: string }, size: { type: number, minimum: 1, maximum: 9 }, mood: { type: string, enum: [a, b] } } }", "request.size", "type", "integer", "number")]
    [TestCase("{ type: object, required: [model], properties: { model: { type: string }, size: { type: integer, minimum: 1, maximum: 10 }, mood: { type: string, enum: [a, b] } } }", "request.size", "maximum", "9", "10")]
    [TestCase("{ type: object, required: [model], properties: { model: { type: string }, size: { type: integer, minimum: 1, maximum: 9 }, mood: { type: string, enum: [a, b, c] } } }", "request.mood", "value", "-", "c")]
    [TestCase("{ type: object, required: [model], properties: { model: { type: string }, size: { type: integer, minimum: 1, maximum: 9 }, mood: { type: string, enum: [a, b] }, more: { type: object, properties: { inner: { type: string } } } } }", "request.more", "exists", "-", "yes")]
    [TestCase("{ type: object, required: [model], properties: { model: { type: string }, size: { type: integer, minimum: 1, maximum: 9 } } }", "request.mood", "exists", "yes", "-")]
    public void Field_that_differs_is_told_once_and_where(string theirs, string where, string aspect, string own, string other)
    {
        var differences = DocumentComparison.Compare(DriftDocument.WithRequest(Ours), DriftDocument.WithRequest(theirs));

        Assert.That(differences, Is.EqualTo(new[] { new Difference("POST /v1/probe", where, aspect, own, other) }));
    }

    [TestCase("{ allOf: [{ $ref: '#/components/schemas/Model' }, { properties: { size: { type: integer, minimum: 1, maximum: 9 }, mood: { $ref: '#/components/schemas/Mood' } } }] }")]
    [TestCase("{ type: object, required: [model], properties: { model: { type: string, minLength: 0 }, size: { anyOf: [{ type: integer, minimum: 1.0 }, { type: integer, maximum: 9e0 }] }, mood: { enum: [b, a] } } }")]
    [TestCase("{ type: [object, 'null'], required: [model], properties: { model: { type: string }, size: { anyOf: [{ type: integer, minimum: 1, maximum: 9 }, { type: 'null' }] }, mood: { oneOf: [{ const: a }, { const: b }], type: string } } }")]
    public void Same_said_in_another_way_is_no_difference(string theirs)
        => Assert.That(DocumentComparison.Compare(DriftDocument.WithRequest(Ours), DriftDocument.WithRequest(theirs)), Is.Empty);

    [Test]
    public void Operation_status_and_media_type_of_one_document_alone_are_told()
    {
        var ours = DriftDocument.WithPaths("/v1/a: { get: { responses: { '200': { description: D., content: { application/json: {} } } } } }");
        var theirs = DriftDocument.WithPaths("/v1/a: { get: { responses: { '200': { description: D., content: { text/plain: {} } }, '404': { description: D. } } } }\n  /v1/b/{id}: { delete: { responses: {} } }");

        var differences = DocumentComparison.Compare(ours, theirs).Select(static difference => $"{difference.Operation} {difference.Where} {difference.Ours} {difference.Theirs}");

        Assert.That(differences, Is.EquivalentTo(new[]
        {
            "DELETE /v1/b/{}  - yes",
            "GET /v1/a response application/json yes -",
            "GET /v1/a response text/plain - yes",
            "GET /v1/a response 404 - yes",
        }));
    }

    [Test]
    public void Path_of_the_server_and_names_of_parameters_do_not_count()
    {
        var ours = DriftDocument.WithPaths("/v1/a/{id}: { get: { responses: {} } }");
        var theirs = DriftDocument.WithPaths("/a/{name}: { get: { responses: {} } }", server: "https://example.com/v1");

        Assert.That(DocumentComparison.Compare(ours, theirs), Is.Empty);
    }

    [Test]
    public void Envelope_of_an_event_is_looked_into()
    {
        const string Chunk = "{ type: object, properties: { text: { type: string } } }";
        var ours = DriftDocument.WithPaths($"/v1/a: {{ get: {{ responses: {{ '200': {{ description: D., content: {{ text/event-stream: {{ schema: {Chunk} }} }} }} }} }} }}");
        var theirs = DriftDocument.WithPaths($"/v1/a: {{ get: {{ responses: {{ '200': {{ description: D., content: {{ text/event-stream: {{ itemSchema: {{ type: object, properties: {{ event: {{ type: string }}, data: {Chunk} }} }} }} }} }} }} }} }}");

        Assert.That(DocumentComparison.Compare(ours, theirs), Is.Empty);
    }

    [Test]
    public void Status_of_one_document_alone_is_told_once()
    {
        var ours = DriftDocument.WithPaths("/a: { get: { responses: { '404': { description: D., content: { application/json: { schema: { type: object, properties: { message: { type: string } } } } } } } } }");
        var theirs = DriftDocument.WithPaths("/a: { get: { responses: {} } }");

        Assert.That(DocumentComparison.Compare(ours, theirs), Is.EqualTo(new[] { new Difference("GET /a", "response 404", "exists", "yes", "-") }));
    }

    [Test]
    public void Value_that_one_document_leaves_open_is_told_once()
    {
        var ours = DriftDocument.WithRequest("{ type: object, properties: { free: { description: D. }, name: { type: string } } }");
        var theirs = DriftDocument.WithRequest("{ type: object, properties: { free: { type: object, required: [id], properties: { id: { type: string } } }, name: { anyOf: [{ type: string, enum: [b, a] }, { type: string }] } } }");

        Assert.That(DocumentComparison.Compare(ours, theirs), Is.EqualTo(new[]
        {
            new Difference("POST /v1/probe", "request.free", "type", "any", "object"),
            new Difference("POST /v1/probe", "request.name", "value", "any", "a, b"),
        }));
    }

    [TestCase("minimum: 0, exclusiveMinimum: true", "exclusiveMinimum: 0.0", "")]
    [TestCase("maximum: 1e2, exclusiveMaximum: false", "maximum: 100", "")]
    [TestCase("multipleOf: 0.50", "multipleOf: 0.5", "")]
    [TestCase("minimum: 0", "exclusiveMinimum: 0", "exclusiveMinimum - 0, minimum 0 -")]
    [TestCase("minimum: -1", "minimum: 1", "minimum -1 1")]
    [TestCase("maximum: 123456789012345678901234567890123", "maximum: 1", "maximum 123456789012345678901234567890123 1")]
    public void Limit_is_compared_by_its_value(string own, string other, string differences)
    {
        var ours = DriftDocument.WithRequest($"{{ type: object, properties: {{ size: {{ type: number, {own} }} }} }}");
        var theirs = DriftDocument.WithRequest($"{{ type: object, properties: {{ size: {{ type: number, {other} }} }} }}");

        var found = DocumentComparison.Compare(ours, theirs).Select(static difference => $"{difference.Aspect} {difference.Ours} {difference.Theirs}");

        Assert.That(string.Join(", ", found), Is.EqualTo(differences));
    }
}
