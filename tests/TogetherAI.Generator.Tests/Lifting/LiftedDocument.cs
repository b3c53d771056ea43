using System.Text.Json.Nodes;
using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Reading;
using TogetherAI.Generator.Writing;

namespace TogetherAI.Generator.Tests.Lifting;

/// <summary>A small document after all lifts.</summary>
internal sealed class LiftedDocument
{
    private const string Pets = """
        Cat: { type: object, required: [kind], properties: { kind: { type: string, enum: [cat] }, lives: { type: integer } } }
        Dog: { type: object, required: [kind], properties: { kind: { type: string, enum: [dog] }, tricks: { type: array, items: { type: string } } } }
        """;

    private readonly FaultList _faults = new();
    private readonly JsonNode _root;

    private LiftedDocument(string text)
    {
        var root = (MapNode)DocumentReader.Read(text, "openapi.yaml", _faults);
        new Lifts().Run(new ApiDocument(root, _faults, GeneratorSettings.Default));
        _root = JsonNode.Parse(JsonNodeWriter.Write(root))!;
    }

    public IEnumerable<string> Faults => _faults.Sorted.Select(static fault => fault.ToString());

    public JsonNode Root => _root;

    /// <summary>A document of the schemas, and of two that they may refer to, <c>Cat</c> and <c>Dog</c>.</summary>
    public static LiftedDocument Of(string schemas, string version = "3.0.3", string paths = "{}")
        => new($"openapi: {version}\ninfo: {{ title: Probes, version: '1' }}\npaths: {paths}\ncomponents:\n  schemas:\n"
            + string.Concat((schemas + "\n" + Pets).Split('\n').Select(static line => $"    {line}\n")));

    /// <summary>YAML as JSON with its keys in order, to be compared.</summary>
    public static string Json(string yaml)
        => Json(JsonNode.Parse(JsonNodeWriter.Write(DocumentReader.Read("value: " + yaml, "expected.yaml", new FaultList())))!["value"]);

    public static string Json(JsonNode? node) => Sorted(node)?.ToJsonString() ?? "null";

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    public JsonNode? Schema(string name) => _root["components"]!["schemas"]![name];
}
