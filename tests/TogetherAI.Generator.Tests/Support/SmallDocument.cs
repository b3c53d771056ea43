namespace TogetherAI.Generator.Tests.Support;

/// <summary>Small documents.</summary>
internal static class SmallDocument
{
    /// <summary>Seven lines before what a test is about: the paths of a document follow.</summary>
    public const string Head = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths:\n";

    /// <summary>A response of the schema Pet.</summary>
    public const string Pet = "{ '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }";

    /// <summary>A document of one schema, Probe, which stands in line 6, and is sent.</summary>
    public static string WithSchema(string schema, string version = "3.0.3") => $$"""
        openapi: {{version}}
        info: { title: T, version: '1' }
        paths: { /a: { post: { tags: [A], operationId: Send, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Holder' } } } }, responses: { '204': { description: D. } } } } }
        components:
          schemas:
            Probe: {{schema}}
            Holder: { type: object, properties: { probe: { $ref: '#/components/schemas/Probe' } } }
            Other: { type: object, properties: { id: { type: string } } }
        """;

    /// <summary>A document of one operation, POST, whose path stands in line 4, and whose words in line 5.</summary>
    public static string WithOperation(string operation, string path = "/a", string version = "3.0.3") => $$"""
        openapi: {{version}}
        info: { title: T, version: '1' }
        paths:
          '{{path}}':
            post: { {{operation}} }
        components:
          schemas:
            Pet: { type: object, properties: { id: { type: string }, items: { type: array, items: { $ref: '#/components/schemas/Piece' } } } }
            Piece: { type: object, properties: { text: { type: string }, index: { type: integer, format: int32 }, end: { type: string }, deep: { $ref: '#/components/schemas/Deep' } } }
            Deep: { type: object, properties: { text: { type: string }, number: { type: integer, format: int32 } } }
            Ask: { type: object, required: [model], properties: { model: { type: string }, stream: { type: boolean{{(operation.Contains("flag:", StringComparison.Ordinal) ? ", x-managed: true" : "")}} }, other: { type: string } } }
        """;
}
