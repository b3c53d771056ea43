using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace TogetherAI;

/// <summary>The JSON schema of a type in the form that servers accept for structured output.</summary>
internal sealed class StructuredOutputSchema
{
    /// <summary>The property with the value of a type that is not an object: servers accept only objects.</summary>
    public const string Wrapper = "value";

    private const int MaxNameLength = 64;

    private static readonly JsonSchemaExporterOptions ExporterOptions = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, schema) => Complete(schema, DescriptionOf(context)),
    };

    private StructuredOutputSchema(string name, JsonNode schema)
    {
        IsWrapped = (schema as JsonObject)?["type"] is not JsonValue type || !type.TryGetValue(out string? text) || text != "object";
        Name = name;
        Json = (IsWrapped ? Wrap(schema) : schema).ToJsonString();
    }

    public string Name { get; }

    public string Json { get; }

    public bool IsWrapped { get; }

    public static StructuredOutputSchema Of(JsonTypeInfo typeInfo) => new(NameOf(typeInfo.Type), typeInfo.GetJsonSchemaAsNode(ExporterOptions));

    private static string NameOf(Type type)
    {
        var name = string.Concat(type.Name.Where(static letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_').Take(MaxNameLength));
        return name.Length > 0 ? name : "response";
    }

    // Models fill in what is required, and nothing else where nothing else is allowed. What may be missing is null.
    private static JsonNode Complete(JsonNode schema, string? description)
    {
        if (schema is JsonObject { } node)
        {
            if (node["properties"] is JsonObject properties)
            {
                node["required"] = new JsonArray([.. properties.Select(static property => (JsonNode)property.Key)]);
                if (!node.ContainsKey("additionalProperties"))
                {
                    node["additionalProperties"] = false;
                }
            }

            if (description is not null)
            {
                node["description"] = description;
            }
        }

        return schema;
    }

    private static string? DescriptionOf(JsonSchemaExporterContext context)
        => context.PropertyInfo is { } property
            ? DescriptionIn(property.AttributeProvider) ?? DescriptionIn(property.AssociatedParameter?.AttributeProvider) ?? DescriptionIn(context.TypeInfo.Type)
            : DescriptionIn(context.TypeInfo.Type);

    private static string? DescriptionIn(ICustomAttributeProvider? provider)
        => (provider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true) as DescriptionAttribute[])?.FirstOrDefault()?.Description;

    private static JsonObject Wrap(JsonNode schema)
    {
        MoveReferences(schema);
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [Wrapper] = schema },
            ["required"] = new JsonArray(Wrapper),
            ["additionalProperties"] = false,
        };
    }

    // References are paths from the root.
    private static void MoveReferences(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                MoveReferences(item);
            }
        }
        else if (node is JsonObject fields)
        {
            foreach (var name in fields.Select(static field => field.Key).ToList())
            {
                if (name == "$ref" && fields[name] is JsonValue reference && reference.TryGetValue(out string? path))
                {
                    fields[name] = $"#/properties/{Wrapper}{path!.Substring(1)}";
                }
                else
                {
                    MoveReferences(fields[name]);
                }
            }
        }
    }
}
