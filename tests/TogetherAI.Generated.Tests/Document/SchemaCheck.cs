using System.Collections.Concurrent;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace TogetherAI.Tests.Document;

/// <summary>
/// Checks a value against a schema of the document. A field that the schema does not name is a fault too: in an example
/// it is a slip of the pen.
/// </summary>
internal static class SchemaCheck
{
    private static readonly Lazy<JObject> Definitions = new(() => Closed(TogetherDocument.Schemas));

    private static readonly ConcurrentDictionary<string, Task<JsonSchema>> Checks = new();

    public static async Task<IReadOnlyList<string>> FaultsAsync(JToken schema, JToken value)
    {
        var check = await Checks.GetOrAdd(schema.ToString(), _ => CreateAsync(schema));
        var faults = new JsonSchemaValidator().Validate(new JObject { ["value"] = value }, check, SchemaType.OpenApi3);
        return [.. faults.Select(fault => fault.ToString())];
    }

    private static Task<JsonSchema> CreateAsync(JToken schema)
    {
        var root = new JObject
        {
            ["definitions"] = Definitions.Value,
            ["properties"] = new JObject { ["value"] = WithDefinitions(schema) },
        };
        return JsonSchema.FromJsonAsync(root.ToString());
    }

    private static JObject Closed(IReadOnlyDictionary<string, JObject> schemas)
    {
        // The parts of an allOf are open to each other's fields.
        var parts = schemas.Values.SelectMany(schema => schema.DescendantsAndSelf().OfType<JObject>())
            .Select(schema => schema["allOf"]).OfType<JArray>().Where(allOf => allOf.Count > 1)
            .SelectMany(allOf => allOf.Select(TogetherDocument.NameOf)).ToHashSet();
        var definitions = new JObject();
        foreach (var (name, schema) in schemas)
        {
            var definition = (JObject)WithDefinitions(schema);
            if (definition["properties"] is not null && definition["additionalProperties"] is null && definition["allOf"] is null && !parts.Contains(name))
            {
                definition["additionalProperties"] = false;
            }

            definitions[name] = definition;
        }

        return definitions;
    }

    private static JToken WithDefinitions(JToken schema)
        => JToken.Parse(schema.ToString(Newtonsoft.Json.Formatting.None).Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal));
}
