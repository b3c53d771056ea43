using NUnit.Framework;
using TogetherAI.Generator.Drift;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Drift;

/// <summary>Two documents are compared by what they say, however they say it.</summary>
public sealed class DriftTests
{
    private const string Ours = "{ type: object, required: [model], properties: { model: { type: string }, size: { type: integer, minimum: 1, maximum: 9 }, mood: { type: string, enum: [a, b] } } }";

    [TestCase("{ type: object, properties: { model: { type: string }, size: { type: integer, minimum: 1, maximum: 9 }, mood: { type: string, enum: [a, b] } } }", "request.model", "required", "yes", "no")]
    [TestCase("{ type: object, required: [model], properties: { model: { type: string }, size: { type: number, minimum: 1, maximum: 9 }, mood: { type: string, enum: [a, b] } } }", "request.size", "type", "integer", "number")]
    [TestCase("{ type: object, required: [model], properties: { model: { type: string }, size: { type: integer, minimum: 1, maximum: 10 }, mood: { type: string, enum: [a, b] } } }", "request.size", "maximum", "9", "10")]
    [TestCase("{ type: object, required: [model], properties: { model: { type: string }, size: { type: integer, minimum: 1, maximum: 9 }, mood: { type: string, enum: [a, b, c] } } }", "request.mood", "values", "a, b", "a, b, c")]
    [TestCase("{ type: object, required: [model], properties: { model: { type: string }, size: { type: integer, minimum: 1, maximum: 9 }, mood: { type: string, enum: [a, b] }, more: { type: object, properties: { inner: { type: string } } } } }", "request.more", "exists", "-", "yes")]
    [TestCase("{ type: object, required: [model], properties: { model: { type: string }, size: { type: integer, minimum: 1, maximum: 9 } } }", "request.mood", "exists", "yes", "-")]
    public void Field_that_differs_is_told_once_and_where(string theirs, string where, string aspect, string own, string other)
    {
        var differences = DocumentComparison.Compare(DriftDocument.WithRequest(Ours), DriftDocument.WithRequest(theirs));

        Assert.That(differences, Is.EqualTo(new[] { new Difference("POST /v1/probe", where, aspect, own, other) }));
    }

    [TestCase("{ allOf: [{ $ref: '#/components/schemas/Model' }, { properties: { size: { type: integer, minimum: 1, maximum: 9 }, mood: { $ref: '#/components/schemas/Mood' } } }] }")]
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
            "GET /v1/a status 404 - yes",
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
    public void Accepted_difference_is_quiet_and_a_new_one_is_not()
    {
        using var folder = new TemporaryFolder();
        var ours = folder.Write("ours.yaml", DriftDocument.Text("/v1/a: { get: { responses: {} } }"));
        var theirs = folder.Write("theirs.yaml", DriftDocument.Text("/v1/a: { get: { responses: {} } }\n  /v1/b: { get: { responses: {} } }"));
        var accepted = folder.Write("accepted.yaml", "- { operation: 'GET /v1/*', reason: Not offered. }\n- { operation: GET /v2/c, reason: Was there once. }\n");
        var quiet = new StringWriter();
        var loud = new StringWriter();

        var accepting = new DriftCommand(ours, theirs, accepted).Run(quiet);
        var plain = new DriftCommand(ours, theirs, Accepted: null).Run(loud);

        Assert.That((accepting, plain), Is.EqualTo((0, 1)));
        Assert.That(quiet.ToString(), Does.Contain("0 new differences, 1 accepted.").And.Contain("accepted.yaml(2,3): This accepted difference is no more."));
        Assert.That(loud.ToString(), Does.Contain("GET /v1/b"));
    }

    [TestCase("- { operation: GET /v1/b }", "accepted.yaml(1,3): error TAI0060")]
    [TestCase("operation: GET /v1/b", "accepted.yaml(1,1): error TAI0060")]
    public void Accepted_difference_without_a_reason_is_refused(string text, string fault)
    {
        using var folder = new TemporaryFolder();
        var document = folder.Write("ours.yaml", DriftDocument.Text("/v1/a: { get: { responses: {} } }"));
        var accepted = folder.Write("accepted.yaml", text);
        var output = new StringWriter();

        var code = new DriftCommand(document, document, accepted).Run(output);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(output.ToString(), Does.Contain(fault));
    }
}
