using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Builds;

/// <summary>What could only be generated wrongly ends the build with an error that says so, and what to write instead.</summary>
public sealed class UnsupportedDocumentTests
{
    private const string Document = "openapi/together.yaml";
    private const string Model = "{ $ref: '#/components/schemas/ModelInfo' }";
    private const string Answer = "responses: { '200': { description: D., content: { application/json: { schema: " + Model + " } } } }";

    private static RepositoryCopy Repository => SharedCopy.Repository;

    [TestCase("{ allOf: [" + Model + ", { type: object, properties: { more: { type: string } } }] }", "The schema Probe builds on another")]
    [TestCase("{ allOf: [" + Model + ", { $ref: '#/components/schemas/ModelUploadRequest' }] }", "The schema Probe builds on another")]
    [TestCase("{ type: object, additionalProperties: { type: string } }", "The schema Probe builds on another, or is a list or a map")]
    [TestCase("{ type: array, items: { type: string } }", "The schema Probe builds on another, or is a list or a map")]
    [TestCase("{ type: integer, format: int32, enum: [1, 2], x-enumNames: [Low, High] }", "The schema Probe is a set of numbers")]
    [TestCase("{ type: object, properties: { at: { type: string, format: uri, maxLength: 9 } } }", "The field at of Probe is a System.Uri? in C#")]
    [TestCase("{ type: object, properties: { price: { type: number, format: decimal, minimum: 1 } } }", "The field price of Probe is a decimal")]
    [CancelAfter(900_000)]
    public Task Schema_that_cannot_be_generated_is_refused(string schema, string fault, CancellationToken cancellationToken)
        => RequireFaultAsync(
            document => document.TrimEnd('\n') + $"\n    Probe: {schema}\n    ProbeHolder: {{ type: object, properties: {{ probe: {{ $ref: '#/components/schemas/Probe' }} }} }}\n",
            fault,
            cancellationToken);

    [TestCase("File", "{ type: object, properties: { id: { type: string } } }")]
    [TestCase("Type", "{ type: string, enum: [a, b] }")]
    [CancelAfter(900_000)]
    public Task Schema_with_a_name_that_the_client_uses_is_refused(string name, string schema, CancellationToken cancellationToken)
        => RequireFaultAsync(document => document.TrimEnd('\n') + $"\n    {name}: {schema}\n", $"The schema {name} has the name of a type", cancellationToken);

    [TestCase("x-www-form-urlencoded", "takes application/x-www-form-urlencoded")]
    [TestCase("octet-stream", "takes application/octet-stream")]
    [CancelAfter(900_000)]
    public Task Request_of_another_type_is_refused(string type, string fault, CancellationToken cancellationToken)
        => RequireOperationFaultAsync($"requestBody: {{ required: true, content: {{ application/{type}: {{ schema: {{ type: string, format: binary }} }} }} }}, {Answer}", fault, cancellationToken);

    [Test, CancelAfter(900_000)]
    public Task Form_without_its_schema_is_refused(CancellationToken cancellationToken)
        => RequireOperationFaultAsync(
            "requestBody: { required: true, content: { multipart/form-data: { schema: { $ref: '#/components/schemas/TranscriptionRequest' } } } }, " + Answer,
            "Name its schema with x-form",
            cancellationToken);

    [TestCase("text/plain: { schema: { type: string } }", "answers with text/plain")]
    [TestCase("application/json: {}", "has an answer without a schema")]
    [TestCase("text/event-stream: { schema: { $ref: '#/components/schemas/InferenceChunk' } }, application/json: { schema: " + Model + " }", "has one of its chunks as its whole answer")]
    [CancelAfter(900_000)]
    public Task Answer_that_cannot_be_read_is_refused(string content, string fault, CancellationToken cancellationToken)
        => RequireOperationFaultAsync(
            $"x-stream: {{ chunk: InferenceChunk, text: [text] }}, responses: {{ '200': {{ description: D., content: {{ {content} }} }} }}",
            fault,
            cancellationToken);

    [TestCase("in: header, schema: { type: string }", "has the parameter probe in a header")]
    [TestCase("in: path, required: true, schema: { type: string }", "has the parameter probe, which is not in its path")]
    [TestCase("in: cookie, schema: { type: string }", "has the parameter probe in a cookie")]
    [TestCase("in: query, schema: {}", "has the parameter probe, which may be anything")]
    [TestCase("in: query, style: pipeDelimited, schema: { type: array, items: { type: string } }", "joins the list probe")]
    [TestCase("in: query, schema: " + Model, "has the parameter probe, an object")]
    [TestCase("in: query, style: deepObject, schema: " + Model, "has the parameter probe, an object")]
    [TestCase("in: query, schema: { type: string, format: byte }", "has the parameter probe, which is bytes")]
    [TestCase("in: query, explode: false, schema: { type: array, items: { type: string } }", "joins the list probe")]
    [CancelAfter(900_000)]
    public Task Parameter_that_cannot_be_sent_is_refused(string parameter, string fault, CancellationToken cancellationToken)
        => RequireOperationFaultAsync($"parameters: [{{ name: probe, {parameter} }}], {Answer}", fault, cancellationToken);

    [TestCase("/probe/{id}", "tags: [Models], operationId: Models_Probe, " + Answer, "does not declare every parameter that is in its path")]
    [TestCase("/probe/{ids}", "tags: [Models], operationId: Models_Probe, parameters: [{ name: ids, in: path, required: true, schema: { type: array, items: { type: string } } }], " + Answer, "has the parameter ids in its path, which is more than one value")]
    [TestCase("/probe", "operationId: Probe, " + Answer, "has no tag")]
    [TestCase("/probe", "tags: [Models], operationId: Models_Probe, x-idempotent: never, " + Answer, "has never as x-idempotent")]
    [TestCase("/probe", "tags: [Models], operationId: Models_Probe, x-stream: { chunk: InferenceChunk, text: [a/b/c] }, " + Answer, "has its text at a/b/c")]
    [CancelAfter(900_000)]
    public Task Operation_that_cannot_be_generated_is_refused(string path, string operation, string fault, CancellationToken cancellationToken)
        => RequireFaultOfAsync(path, operation, $"POST {path} {fault}", cancellationToken);

    private static Task RequireOperationFaultAsync(string operation, string fault, CancellationToken cancellationToken)
        => RequireFaultOfAsync("/probe", $"tags: [Models], operationId: Models_Probe, {operation}", fault, cancellationToken);

    private static Task RequireFaultOfAsync(string path, string operation, string fault, CancellationToken cancellationToken)
        => RequireFaultAsync(document => document.Replace("\npaths:\n", $"\npaths:\n  {path}: {{ post: {{ {operation} }} }}\n", StringComparison.Ordinal), fault, cancellationToken);

    private static async Task RequireFaultAsync(Func<string, string> change, string fault, CancellationToken cancellationToken)
    {
        if (!File.Exists(Repository.GeneratedFile))
        {
            (await Repository.GenerateAsync(cancellationToken)).RequireSuccess();
        }

        var good = await File.ReadAllBytesAsync(Repository.GeneratedFile, cancellationToken);

        CommandResult generation;
        using (Repository.Change(Document, change))
        {
            generation = await Repository.GenerateAsync(cancellationToken);
        }

        Assert.That(generation.ExitCode, Is.Not.Zero);
        Assert.That(generation.Output, Does.Contain($"{Document} : error TAI0001: No client could be generated: ").And.Contain(fault));
        Assert.That(await File.ReadAllBytesAsync(Repository.GeneratedFile, cancellationToken), Is.EqualTo(good));
    }
}
