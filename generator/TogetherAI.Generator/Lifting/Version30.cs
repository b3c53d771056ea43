using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>Writes what OpenAPI 3.1 and 3.2 say in JSON Schema as OpenAPI 3.0 does.</summary>
internal sealed class Version30 : ILift
{
    // They say nothing of values, or nothing of those that a client of the document can send.
    private static readonly string[] Dropped = ["$schema", "$id", "$anchor", "$defs", "definitions", "$vocabulary", "unevaluatedProperties", "unevaluatedItems"];

    public void Apply(LiftContext context)
    {
        foreach (var slot in SchemaWalker.Walk(context).ToList())
        {
            ReplaceBooleanSchemas(slot.Schema);
        }

        var is30 = context.Root.Text("openapi")?.StartsWith("3.0", StringComparison.Ordinal) == true;
        foreach (var slot in SchemaWalker.Walk(context).ToList())
        {
            Rewrite(slot.Schema, is30);
        }

        context.Root.Set("openapi", ScalarNode.FromText("3.0.3", context.Root.Place));
        context.Root.Remove("jsonSchemaDialect");
        context.Root.Remove("$self");
        (context.Root["info"] as MapNode)?.Remove("summary");
        ((context.Root["info"] as MapNode)?["license"] as MapNode)?.Remove("identifier");
    }

    private static void Rewrite(MapNode schema, bool is30)
    {
        foreach (var key in Dropped)
        {
            schema.Remove(key);
        }

        if (schema.Has("$ref"))
        {
            WrapReference(schema, is30);
            return;
        }

        RewriteConstant(schema);
        RewriteTypes(schema);
        RewriteEnum(schema);
        RewriteLimits(schema);
        RewriteContent(schema);
        RewriteContainers(schema);
        if (schema["examples"] is ListNode examples)
        {
            schema.Remove("examples");
            if (!schema.Has("example") && examples.Items.Count > 0)
            {
                schema.Set("example", examples.Items[0]);
            }
        }
    }

    // Beside a reference 3.0 ignores everything; a description there is meant nevertheless.
    private static void WrapReference(MapNode schema, bool is30)
    {
        var others = schema.Entries.Where(static entry => entry.Key != "$ref").ToList();
        if (others.Count == 0)
        {
            return;
        }

        var list = new ListNode(schema.Place);
        var reference = new MapNode(schema.Place);
        reference.Add("$ref", schema["$ref"]!);
        list.Items.Add(reference);
        schema.Remove("$ref");
        schema.Add("allOf", list);
        foreach (var entry in others.Where(entry => is30 && !Annotations.Keys.Contains(entry.Key) && !entry.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            schema.Remove(entry.Key);
        }
    }

    private static void ReplaceBooleanSchemas(MapNode schema)
    {
        if (schema["properties"] is MapNode properties)
        {
            foreach (var entry in properties.Entries.Where(static entry => IsBoolean(entry.Value)).ToList())
            {
                properties.Set(entry.Key, new MapNode(entry.Value.Place));
            }
        }

        if (IsBoolean(schema["items"]))
        {
            schema.Set("items", new MapNode(schema.Place));
        }

        foreach (var list in new[] { "allOf", "oneOf", "anyOf" }.Select(key => schema[key]).OfType<ListNode>())
        {
            for (var index = 0; index < list.Items.Count; index++)
            {
                list.Items[index] = IsBoolean(list.Items[index]) ? new MapNode(list.Items[index].Place) : list.Items[index];
            }
        }
    }

    private static bool IsBoolean(Node? node) => node is ScalarNode { ScalarKind: ScalarKind.Boolean };

    private static void RewriteConstant(MapNode schema)
    {
        if (schema["const"] is not { } constant)
        {
            return;
        }

        schema.Remove("const");
        var list = new ListNode(constant.Place);
        list.Items.Add(constant);
        schema.Set("enum", list);
    }

    private static void RewriteTypes(MapNode schema)
    {
        if (schema["type"] is ScalarNode { Text: "null" })
        {
            schema.Remove("type");
            SchemaFacts.SetNullable(schema);
            return;
        }

        if (schema["type"] is not ListNode types)
        {
            return;
        }

        var names = types.Items.OfType<ScalarNode>().Select(static type => type.Text).Distinct().ToList();
        if (names.Remove("null"))
        {
            SchemaFacts.SetNullable(schema);
        }

        // Every integer is a number.
        if (names.Contains("number"))
        {
            names.Remove("integer");
        }

        schema.Remove("type");
        if (names.Count == 1)
        {
            schema.Set("type", ScalarNode.FromText(names[0], types.Place));
        }
        else if (names.Count > 1)
        {
            SplitByType(schema, names, types.Place);
        }
    }

    private static void SplitByType(MapNode schema, List<string> names, Place place)
    {
        var arms = new ListNode(place);
        var values = schema.Entries.Where(static entry => !Annotations.Keys.Contains(entry.Key) && !entry.Key.StartsWith("x-", StringComparison.Ordinal)).ToList();
        foreach (var name in names)
        {
            var arm = new MapNode(place);
            arm.Add("type", ScalarNode.FromText(name, place));
            foreach (var entry in values.Where(entry => SchemaFacts.AppliesTo(entry.Key, name)))
            {
                arm.Add(entry.Key, entry.Value.Clone(), entry.KeyPlace);
            }

            arms.Items.Add(arm);
        }

        values.ForEach(entry => schema.Remove(entry.Key));
        schema.Add("anyOf", arms);
    }

    private static void RewriteEnum(MapNode schema)
    {
        if (schema["enum"] is not ListNode words)
        {
            return;
        }

        if (words.Items.RemoveAll(static word => word is ScalarNode { ScalarKind: ScalarKind.Null }) > 0)
        {
            SchemaFacts.SetNullable(schema);
        }

        if (words.Items.Count == 0)
        {
            schema.Remove("enum");
        }
        else if (!schema.Has("type"))
        {
            var kinds = words.Items.Select(static word => (word as ScalarNode)?.ScalarKind).Distinct().ToList();
            var type = kinds is [ScalarKind.Text] ? "string" : kinds is [ScalarKind.Number] ? "number" : kinds is [ScalarKind.Boolean] ? "boolean" : null;
            if (type is null)
            {
                SchemaFacts.TellAndRemove(schema, "enum");
            }
            else
            {
                schema.Set("type", ScalarNode.FromText(type, words.Place));
            }
        }
    }

    private static void RewriteLimits(MapNode schema)
    {
        foreach (var (exclusive, inclusive) in new[] { ("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum") })
        {
            if (schema[exclusive] is ScalarNode { ScalarKind: ScalarKind.Number } limit)
            {
                schema.Set(inclusive, limit);
                schema.Set(exclusive, ScalarNode.FromBoolean(true, limit.Place));
            }
        }
    }

    private static void RewriteContent(MapNode schema)
    {
        var encoding = schema.Text("contentEncoding");
        var mediaType = schema.Text("contentMediaType");
        schema.Remove("contentEncoding");
        schema.Remove("contentMediaType");
        schema.Remove("contentSchema");
        if (!schema.Has("format") && (encoding is not null || mediaType == "application/octet-stream"))
        {
            schema.Set("format", ScalarNode.FromText(encoding is "base64" ? "byte" : encoding is null ? "binary" : encoding, schema.Place));
            schema.Set("type", ScalarNode.FromText("string", schema.Place));
        }
    }

    private static void RewriteContainers(MapNode schema)
    {
        if (schema["prefixItems"] is { } tuple)
        {
            schema.Remove("prefixItems");
            schema.Set("type", ScalarNode.FromText("array", tuple.Place));
            schema.Set("items", new MapNode(tuple.Place));
        }

        if (schema["patternProperties"] is MapNode patterns)
        {
            schema.Remove("patternProperties");
            if (schema["additionalProperties"] is not MapNode)
            {
                schema.Set("additionalProperties", patterns.Entries.Count == 1 ? patterns.Entries[0].Value : ScalarNode.FromBoolean(true, patterns.Place));
            }
        }

        if (!schema.Has("type") && schema.Has("properties"))
        {
            schema.Set("type", ScalarNode.FromText("object", schema.Place));
        }

        if (!schema.Has("type") && schema.Has("items"))
        {
            schema.Set("type", ScalarNode.FromText("array", schema.Place));
        }

        if (schema.Text("type") == "array" && !schema.Has("items"))
        {
            schema.Set("items", new MapNode(schema.Place));
        }
    }
}
