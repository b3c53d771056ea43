using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Reading;

namespace TogetherAI.Generator.Tests.Drift;

/// <summary>Small documents to be compared.</summary>
internal static class DriftDocument
{
    private const string Schemas = """
        components:
          schemas:
            Model: { type: object, required: [model], properties: { model: { type: string } } }
            Mood: { type: string, enum: [a, b] }

        """;

    public static string Text(string paths, string server = "https://example.com")
        => $"openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\nservers: [{{ url: {server} }}]\npaths:\n  {paths}\n{Schemas}";

    public static MapNode WithPaths(string paths, string server = "https://example.com")
        => (MapNode)DocumentReader.Read(Text(paths, server), "openapi.yaml", new FaultList());

    public static MapNode WithRequest(string schema) => WithPaths(PathOf(schema));

    /// <summary>A path whose request has a schema.</summary>
    public static string PathOf(string schema)
        => $"/v1/probe: {{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: {schema} }} }} }}, responses: {{}} }} }}";
}
