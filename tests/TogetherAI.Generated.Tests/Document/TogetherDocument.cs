using Newtonsoft.Json.Linq;
using YamlDotNet.Serialization;

namespace TogetherAI.Tests.Document;

/// <summary>The OpenAPI document as it is written, so that a new operation is covered by the tests without a word here.</summary>
internal static class TogetherDocument
{
    private const string SchemaPrefix = "#/components/schemas/";

    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];

    public static string FilePath { get; } = Repository.PathOf("openapi", "together.yaml");

    public static JObject Json { get; } = Load();

    /// <summary>The named schemas.</summary>
    public static IReadOnlyDictionary<string, JObject> Schemas { get; } =
        ((JObject)Json["components"]!["schemas"]!).Properties().ToDictionary(property => property.Name, property => (JObject)property.Value);

    public static IReadOnlyList<DocumentOperation> Operations { get; } =
    [
        .. from path in ((JObject)Json["paths"]!).Properties()
           from operation in ((JObject)path.Value).Properties()
           where Methods.Contains(operation.Name)
           select new DocumentOperation(path.Name, operation.Name, (JObject)operation.Value),
    ];

    /// <summary>The WebSockets, which OpenAPI cannot describe as operations.</summary>
    public static IReadOnlyList<JObject> Sockets { get; } = [.. (Json["x-websockets"] as JObject)?.PropertyValues().OfType<JObject>() ?? []];

    /// <summary>The names of the schemas that requests have in them.</summary>
    public static IReadOnlySet<string> SentSchemas { get; } = Sent();

    public static IEnumerable<DocumentOperation> Streams => Operations.Where(operation => operation.IsStream);

    /// <summary>The names of types that are written by hand, because C# says more of them than the document can.</summary>
    public static IReadOnlyCollection<string> HandWrittenTypes { get; } =
        [.. JObject.Parse(File.ReadAllText(Repository.PathOf("nswag.json")))
            .SelectTokens("$.codeGenerators.openApiToCSharpClient.excludedTypeNames[*]").Select(name => (string)name!)];

    /// <summary>The name of the schema that is referred to, directly or as the only part of <c>allOf</c>.</summary>
    public static string? NameOf(JToken? schema)
    {
        var reference = (string?)schema?["$ref"] ?? (schema?["allOf"] is JArray { Count: 1 } parts ? (string?)parts[0]["$ref"] : null);
        return reference?[SchemaPrefix.Length..];
    }

    /// <summary>What a part of the document refers to, or the part itself.</summary>
    public static JToken Follow(JToken part)
        => (string?)part["$ref"] is { } reference
            ? reference.Split('/').Skip(1).Aggregate((JToken)Json, (token, name) => token[name]!)
            : part;

    /// <summary>The schema itself, where it stands under a name too.</summary>
    public static JToken Resolve(JToken schema) => NameOf(schema) is { } name ? Resolve(Schemas[name]) : schema;

    /// <summary>Reads YAML as the JSON that it means.</summary>
    public static JObject ParseYaml(string yaml)
    {
        var reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().WithDuplicateKeyChecking().Build();
        return JObject.FromObject(reader.Deserialize<object>(yaml)!);
    }

    private static HashSet<string> Sent()
    {
        var sent = new HashSet<string>();
        var waiting = new Stack<JToken>(Operations.SelectMany(operation => new[] { operation.Json["requestBody"], operation.Json["parameters"] }.OfType<JToken>()));
        while (waiting.TryPop(out var part))
        {
            foreach (var reference in part.SelectTokens("$..['$ref']").Select(value => (string)value!).ToList())
            {
                if (reference.StartsWith(SchemaPrefix, StringComparison.Ordinal) && sent.Add(reference[SchemaPrefix.Length..]))
                {
                    waiting.Push(Schemas[reference[SchemaPrefix.Length..]]);
                }
            }
        }

        return sent;
    }

    private static JObject Load() => ParseYaml(File.ReadAllText(FilePath));
}
