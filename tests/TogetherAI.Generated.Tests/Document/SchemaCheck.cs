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
    // Reading all schemas takes long, so those that have names are read together and once.
    private static readonly Lazy<Task<JsonSchema>> Named = new(() => ReadAsync(new JObject()));

    private static readonly Lazy<JObject> Definitions = new(() => Closed(TogetherDocument.Schemas));

    private static readonly ConcurrentDictionary<string, Task<JsonSchema>> Checks = new();

    public static async Task<IReadOnlyList<string>> FaultsAsync(JToken schema, JToken value)
    {
        var check = TogetherDocument.NameOf(schema) is { } name
            ? (await Named.Value).Definitions[name]
            : await Checks.GetOrAdd(schema.ToString(), _ => ReadAsync((JObject)WithDefinitions(schema)));
        var faults = new JsonSchemaValidator().Validate(value, check, SchemaType.OpenApi3);
        return [.. faults.Select(fault => fault.ToString())];
    }

    private static Task<JsonSchema> ReadAsync(JObject schema)
    {
        schema["definitions"] = Definitions.Value;
        return JsonSchema.FromJsonAsync(schema.ToString());
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
