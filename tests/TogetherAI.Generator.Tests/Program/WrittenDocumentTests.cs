using Microsoft.OpenApi;
using NUnit.Framework;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Tests.Support;
using TogetherAI.Generator.Writing;

namespace TogetherAI.Generator.Tests.Program;

/// <summary>What the program writes for NSwag.</summary>
public sealed class WrittenDocumentTests
{
    private static readonly string Document = Path.Combine(BuildFacts.RepositoryRoot, "openapi", "together.yaml");

    [Test]
    public void Written_document_is_valid_by_another_reader_and_of_3_0()
    {
        var written = JsonNodeWriter.WriteText(Generation.OfFile(Document, settings: ClientCompiler.Settings).Written!);

        var (document, diagnostic) = OpenApiDocument.Parse(written, OpenApiConstants.Json);

        Assert.That(diagnostic!.SpecificationVersion, Is.EqualTo(OpenApiSpecVersion.OpenApi3_0));
        Assert.That(diagnostic.Errors.Concat(diagnostic.Warnings).Select(static fault => $"{fault.Pointer}: {fault.Message}"), Is.Empty);
        Assert.That(document!.Paths, Is.Not.Empty);
    }

    [Test]
    public void Writing_twice_gives_the_same_bytes()
    {
        var first = JsonNodeWriter.Write(Generation.OfFile(Document, settings: ClientCompiler.Settings).Written!);
        var second = JsonNodeWriter.Write(Generation.OfFile(Document, settings: ClientCompiler.Settings).Written!);

        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void Examples_and_extensions_of_others_are_left_out_and_defaults_are_told()
    {
        var written = JsonNodeWriter.WriteText(Generation.Of(SmallDocument.WithSchema("{ type: string, default: told, example: SECRET, title: SECRET, x-other: SECRET, format: SECRET, externalDocs: { url: SECRET } }")).Written!);

        Assert.That(written, Does.Not.Contain("SECRET").And.Not.Contain("\"default\""));
        Assert.That(written, Does.Contain("The server's default is"));
    }

    [TestCase("{ b: { $ref: '#/components/schemas/B' }, key: { type: string, x-secret: true } }", "{ a: { $ref: '#/components/schemas/A' } }")]
    [TestCase("{ b: { $ref: '#/components/schemas/B' } }", "{ a: { type: array, items: { $ref: '#/components/schemas/A' } }, key: { type: string, format: password } }")]
    [TestCase("{ b: { type: object, additionalProperties: { $ref: '#/components/schemas/B' } } }", "{ a: { $ref: '#/components/schemas/A' }, self: { $ref: '#/components/schemas/B' }, list: { type: array, items: { type: string, x-secret: true } } }")]
    public void Secrets_are_found_in_objects_that_refer_to_each_other(string a, string b)
    {
        var document = SmallDocument.WithSchema("{ type: object, properties: { a: { $ref: '#/components/schemas/A' }, b: { $ref: '#/components/schemas/B' } } }")
            .Replace("    Holder:", $"    A: {{ type: object, properties: {a} }}\n    B: {{ type: object, properties: {b} }}\n    Holder:", StringComparison.Ordinal);

        var schemas = Generation.Of(document).Written!.Map("components")!.Map("schemas")!;

        var fields = new[] { "Holder", "Probe", "A", "B" }.SelectMany(name => schemas.Map(name)!.Map("properties")!.Entries.Select(field => (Name: $"{name}.{field.Key}", ((MapNode)field.Value).Map("x-csharp")!.Keys)));
        Assert.That(fields.Where(static field => !field.Keys.Any(static key => key is "hasSecrets" or "isSecret")).Select(static field => field.Name), Is.Empty);
    }

    [TestCase("servers: [{ url: 'https://op.example/v1' }, { url: 'https://other.example' }]", "\"https://op.example/v1\"")]
    [TestCase("servers: [{ url: 'https://{region}.example', variables: { region: { default: eu } } }]", "\"https://eu.example\"")]
    [TestCase("servers: [{ url: /v1 }]", "null")]
    [TestCase("servers: [{ url: 'ftp://op.example' }]", "null")]
    [TestCase("deprecated: false", "null")]
    public void Address_of_an_operation_is_its_first_server_where_that_stands_for_itself(string words, string literal)
        => Assert.That(CSharpOf(SmallDocument.WithOperation($"tags: [A], operationId: Send, responses: {SmallDocument.Pet}, {words}")).Text("server"), Is.EqualTo(literal));

    [TestCase("{ type: http, scheme: bearer }", null)]
    [TestCase("{ type: oauth2, flows: {} }", null)]
    [TestCase("{ type: http, scheme: Basic }", "Basic")]
    [TestCase("{ type: apiKey, in: header, name: x-key }", "Header(\"x-key\")")]
    [TestCase("{ type: apiKey, in: query, name: k\"ey }", "Query(\"k\\\"ey\")")]
    [TestCase("{ type: apiKey, in: cookie, name: sid }", "Cookie(\"sid\")")]
    public void Key_is_sent_as_the_security_scheme_says(string scheme, string? authentication)
    {
        var document = SmallDocument.WithOperation($"tags: [A], operationId: Send, responses: {SmallDocument.Pet}, security: [{{ s: [] }}]")
            .Replace("  schemas:", $"  securitySchemes: {{ s: {scheme} }}\n  schemas:", StringComparison.Ordinal);

        Assert.That(CSharpOf(document).Text("authentication"), Is.EqualTo(authentication));
    }

    [Test]
    public void Integer_without_a_format_may_be_a_large_one()
    {
        var written = Generation.Of(SmallDocument.WithSchema("{ type: object, properties: { a: { type: integer }, b: { type: integer, format: int32 } } }")).Written!;

        var formats = written.Map("components")!.Map("schemas")!.Map("Probe")!.Map("properties")!.Entries.Select(static field => ((MapNode)field.Value).Text("format"));
        Assert.That(formats, Is.EqualTo(new[] { "int64", "int32" }));
    }

    [TestCase("{ type: string, minLength: 1, maxLength: 5 }", "Length 1, 5, ")]
    [TestCase("{ type: string, pattern: '^\\u{61}[\\u{62}\\\\u]\\u{1F600}+$' }", "Pattern \"^\\\\u0061[\\\\u0062\\\\\\\\u](?:\\\\uD83D\\\\uDE00)+$\", ")]
    [TestCase("{ type: string, pattern: '^\"$' }", "Pattern \"^\\\"$\", ")]
    [TestCase("{ type: integer, format: int32, minimum: 1, exclusiveMaximum: true, maximum: 3 }", "Range 1m, null, |Below 3m, ")]
    [TestCase("{ type: number, format: double, exclusiveMinimum: 0, multipleOf: 0.5 }", "Above 0d, |MultipleOf 0.5d, ")]
    [TestCase("{ type: number, format: decimal, minimum: 0.10 }", "Range 0.10m, null, ")]
    [TestCase("{ type: array, minItems: 1, uniqueItems: true, items: { type: string, maxLength: 2 } }", "MinCount 1, |Unique |Each static (item, path, name) => Validation.Length(item, 0, 2, path, name), ")]
    [TestCase("{ type: object, maxProperties: 3, additionalProperties: { type: string } }", "MaxCount 3, ")]
    [TestCase("{ allOf: [{ type: string, minLength: 2 }], description: D. }", "Length 2, int.MaxValue, ")]
    public void Limits_become_checks(string field, string expected)
    {
        var generation = Generation.Of(SmallDocument.WithSchema($"{{ type: object, properties: {{ a: {field} }} }}"));

        Assert.That(generation.Written, Is.Not.Null, $"{generation}");
        var checks = ((MapNode)generation.Written!.Map("components")!.Map("schemas")!.Map("Probe")!.Map("properties")!.Entries[0].Value).List("x-checks")!;
        Assert.That(string.Join('|', checks.Maps.Select(static check => $"{check.Text("method")} {check.Text("arguments")}")), Is.EqualTo(expected));
    }

    [Test]
    public void File_of_a_form_is_an_upload_and_elsewhere_bytes()
    {
        var generation = Generation.Of("""
            openapi: 3.0.3
            info: { title: T, version: '1' }
            paths:
              /a: { post: { tags: [A], operationId: Send, x-form: Form, requestBody: { content: { multipart/form-data: { schema: { $ref: '#/components/schemas/Form' } } } }, responses: { '204': { description: D. } } } }
            components:
              schemas:
                Form: { type: object, properties: { one: { type: string, format: binary }, many: { type: array, items: { type: string, format: binary } } } }
                FileUpload: { type: object, properties: { id: { type: string } } }
            """);

        var written = JsonNodeWriter.WriteText(generation.Written!);
        Assert.That(written.Split("\"#/components/schemas/FileUpload\""), Has.Length.EqualTo(3), written);
        Assert.That(generation.Written!.Map("components")!.Map("schemas")!.Keys, Is.EqualTo(new[] { "Form", "FileUpload2", "FileUpload" }));
    }

    // What the templates get for the only operation.
    private static MapNode CSharpOf(string document)
    {
        var generation = Generation.Of(document);
        return ((MapNode)((MapNode)generation.Written!.Map("paths")!.Entries.Single().Value).Entries.Single().Value).Map("x-csharp")!;
    }
}
