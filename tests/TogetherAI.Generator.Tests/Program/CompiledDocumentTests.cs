using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Program;

/// <summary>What a document may say of a schema compiles without a warning wherever the schema stands.</summary>
public sealed class CompiledDocumentTests
{
    // Each is a field, required or not, the item of a list, a whole request, an optional one, and a whole response.
    private static readonly string[] Schemas =
    [
        "{ type: string, nullable: true, enum: [a, b, null] }",
        "{ type: string, nullable: true, deprecated: true, enum: [a, b] }",
        "{ type: object, deprecated: true, properties: { id: { type: string } } }",
        "{ type: object, nullable: true, properties: { id: { type: string, deprecated: true } } }",
        "{ nullable: true, deprecated: true, oneOf: [{ type: string }, { type: integer }] }",
        "{ type: integer, nullable: true }",
        "{ type: boolean, deprecated: true }",
        "{ type: string, nullable: true, deprecated: true }",
        "{ nullable: true, enum: [null] }",
        "{ enum: [a, 1, true, null] }",
        "{ type: array, nullable: true, deprecated: true, items: { type: string, nullable: true } }",
        "{ type: object, nullable: true, deprecated: true, additionalProperties: { type: integer, nullable: true } }",
        "{ type: integer, nullable: true, deprecated: true, format: unix-time }",
        "{ type: string, nullable: true, format: byte }",
    ];

    [Test, CancelAfter(120_000)]
    public async Task Schema_that_is_deprecated_or_may_be_null_compiles_without_a_warning(CancellationToken cancellationToken)
        => ClientCompiler.RequireSuccess(await ForeignClient.CompileAsync(Document(), cancellationToken));

    private static string Document() => $$"""
        openapi: 3.0.3
        info: { title: T, version: '1' }
        paths:
        {{string.Join('\n', Schemas.Select(static (_, index) => $$"""
              /a{{index}}: { post: { tags: [A], operationId: a{{index}}, requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/S{{index}}' } } } }, responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/S{{index}}' } } } } } } }
              /b{{index}}: { post: { tags: [A], operationId: b{{index}}, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/S{{index}}' } } } }, responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/H{{index}}' } } } } } } }
              /c{{index}}: { put: { tags: [A], operationId: c{{index}}, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/H{{index}}' } } } }, responses: { '200': { description: D., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/S{{index}}' } } } } } } } }
              /d{{index}}: { get: { tags: [A], operationId: d{{index}}, responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/R{{index}}' } } } } } } }
            """))}}
        components:
          schemas:
        {{string.Join('\n', Schemas.Select(static (schema, index) => $$"""
                S{{index}}: {{schema}}
                H{{index}}: { type: object, required: [must, own], properties: { must: { $ref: '#/components/schemas/S{{index}}' }, own: { type: string, deprecated: true }, may: { deprecated: true, allOf: [{ $ref: '#/components/schemas/S{{index}}' }] }, list: { type: array, items: { $ref: '#/components/schemas/S{{index}}' } }, map: { type: object, additionalProperties: { $ref: '#/components/schemas/S{{index}}' } } } }
                R{{index}}: { type: object, required: [must], properties: { must: { $ref: '#/components/schemas/S{{index}}' }, may: { $ref: '#/components/schemas/S{{index}}' }, list: { type: array, items: { $ref: '#/components/schemas/S{{index}}' } }, map: { type: object, additionalProperties: { $ref: '#/components/schemas/S{{index}}' } } } }
            """))}}
        """;
}
