using System.Globalization;
using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>Finds every place of a document that holds a schema, the inner ones before those around them.</summary>
internal static class SchemaWalker
{
    private static readonly string[] Lists = ["allOf", "oneOf", "anyOf"];
    private static readonly string[] Singles = ["items", "additionalProperties", "not"];

    /// <summary>All places; a step may replace what it is given while it goes on.</summary>
    public static IEnumerable<SchemaSlot> Walk(LiftContext context)
    {
        foreach (var entry in context.Schemas.Entries.ToList())
        {
            if (context.HandWritten.Contains(entry.Key) || entry.Value is not MapNode schema)
            {
                continue;
            }

            foreach (var slot in Under(schema, entry.Key, SchemaRole.Named, value => context.Schemas.Set(entry.Key, value)))
            {
                yield return slot;
            }
        }

        foreach (var slot in Contents(context.Root))
        {
            yield return slot;
        }
    }

    private static IEnumerable<SchemaSlot> Contents(MapNode root)
    {
        var components = root["components"] as MapNode;
        var parts = new[] { "parameters", "headers", "requestBodies", "responses" }
            .SelectMany(part => Named(components?[part], part));
        return parts.Concat(Operations.All(root).SelectMany(Operation));
    }

    private static IEnumerable<SchemaSlot> Named(Node? components, string part)
        => from entry in Entries(components)
           let name = LiftName.Of(entry.Key)
           from slot in part switch
           {
               "requestBodies" => Content(entry.Value, name, "Request"),
               "responses" => Content(entry.Value, name, "Response"),
               _ => Parameter(entry.Value, name),
           }
           select slot;

    private static IEnumerable<SchemaSlot> Operation(OperationNode operation)
    {
        var name = LiftName.Of(operation.Node.Text("operationId") is { Length: > 0 } id ? id : $"{operation.Method} {operation.Path}");
        var parameters = operation.Parameters.SelectMany(parameter => Parameter(parameter, name + LiftName.Of(parameter.Text("name") ?? "")));
        var request = Content(operation.Node["requestBody"], name, "Request");
        var responses = from entry in Entries(operation.Node["responses"])
                        let suffix = entry.Key.StartsWith('2') || entry.Key == "default" ? "Response" : "Response" + entry.Key
                        from slot in Content(entry.Value, name, suffix)
                        select slot;
        return parameters.Concat(request).Concat(responses);
    }

    private static IEnumerable<SchemaSlot> Parameter(Node? parameter, string name)
        => parameter is not MapNode map
            ? []
            : (map["schema"] is MapNode schema ? Under(schema, name, SchemaRole.Parameter, value => map.Set("schema", value)) : [])
                .Concat(MediaTypes(map["content"], name, SchemaRole.Parameter));

    private static IEnumerable<SchemaSlot> Content(Node? holder, string name, string suffix)
        => holder is not MapNode map
            ? []
            : MediaTypes(map["content"], name + suffix, SchemaRole.Content)
                .Concat(Entries(map["headers"]).SelectMany(entry => Parameter(entry.Value, name + LiftName.Of(entry.Key))));

    private static IEnumerable<SchemaSlot> MediaTypes(Node? content, string name, SchemaRole role)
        => from entry in Entries(content)
           let type = entry.Value as MapNode
           where type is not null
           let suffix = entry.Key.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) ? "Event" : ""
           from key in new[] { "schema", "itemSchema" }
           where type[key] is MapNode
           from slot in Under((MapNode)type[key]!, name + suffix, role, value => type.Set(key, value))
           select slot;

    private static IEnumerable<SchemaSlot> Under(MapNode schema, string name, SchemaRole role, Action<MapNode> replace)
    {
        foreach (var entry in Entries(schema["properties"]).ToList())
        {
            var properties = (MapNode)schema["properties"]!;
            if (entry.Value is MapNode field)
            {
                foreach (var slot in Under(field, name + LiftName.Of(entry.Key), SchemaRole.Field, value => properties.Set(entry.Key, value)))
                {
                    yield return slot;
                }
            }
        }

        foreach (var key in Singles)
        {
            if (schema[key] is MapNode inner)
            {
                var innerName = name + (key == "additionalProperties" ? "Value" : "Item");
                foreach (var slot in Under(inner, innerName, SchemaRole.Item, value => schema.Set(key, value)))
                {
                    yield return slot;
                }
            }
        }

        foreach (var list in Lists.Select(key => schema[key]).OfType<ListNode>())
        {
            for (var position = 0; position < list.Items.Count; position++)
            {
                var index = position;
                if (list.Items[index] is MapNode arm)
                {
                    foreach (var slot in Under(arm, ArmName(name, arm, index, list.Items.Count), SchemaRole.Arm, value => list.Items[index] = value))
                    {
                        yield return slot;
                    }
                }
            }
        }

        yield return new SchemaSlot(schema, name, role, replace);
    }

    private static string ArmName(string name, MapNode arm, int index, int count)
    {
        if (count == 1)
        {
            return name;
        }

        var own = arm.Text("title") ?? Constants.Of(arm)?.Value;
        if (own is not null && LiftName.Of(own) is { Length: > 0 } word)
        {
            return name + word;
        }

        return name + (SchemaFacts.IsTextEnum(arm) ? "Text" : "Option" + (index + 1).ToString(CultureInfo.InvariantCulture));
    }

    private static IEnumerable<MapEntry> Entries(Node? node) => (node as MapNode)?.Entries ?? [];
}
