using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Shapes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Refusals;

/// <summary>Refuses schemas of which NSwag makes another type than they describe.</summary>
internal sealed class SchemaRefusals : IStep
{
    // What may stay of newer versions, as it says nothing about values.
    private static readonly HashSet<string> Harmless =
        ["$id", "$schema", "$anchor", "$comment", "$defs", "$vocabulary", "examples", "contentEncoding", "contentMediaType", "contentSchema"];

    public void Run(ApiDocument document)
    {
        var table = OpenApiTable.Of(document.Version);
        foreach (var schema in document.Schemas?.Entries ?? [])
        {
            if (document.Settings.HandWrittenTypes.Contains(schema.Key) || schema.Value is not MapNode node)
            {
                continue;
            }

            Named(document, schema.Key, schema.KeyPlace, node);
            foreach (var (inner, _) in DocumentWalk.Objects(table, node, "Schema").Where(static found => found.Type == "Schema"))
            {
                Any(document, inner, inner == node ? $"The schema '{schema.Key}'" : $"A schema in '{schema.Key}'");
            }
        }

        foreach (var (node, _) in document.Paths is null ? [] : DocumentWalk.Objects(table, document.Paths, "Paths").Where(static found => found.Type == "Schema"))
        {
            Any(document, node, "A schema");
        }
    }

    private static void Named(ApiDocument document, string name, Place place, MapNode schema)
    {
        var shape = Shape.Of(document, schema);
        var what = schema.Has("allOf") ? "extends another schema. Include the fields of both."
            : schema.Has("$ref") ? "is an alias of a schema. Refer to that schema instead."
            : shape.Kind == ShapeKind.List ? "is a list. Write it into the field that has it."
            : shape.Kind == ShapeKind.Map ? "is a map. Write it into the field that has it."
            : null;
        if (what is not null)
        {
            document.Faults.Add(Codes.SchemaShape, place, $"The schema '{name}' {what}");
        }
    }

    private static void Any(ApiDocument document, MapNode schema, string what)
    {
        var faults = document.Faults;
        if (schema.List("enum") is { } values && values.Items.Find(static value => value is not (ScalarNode { IsText: true } or ScalarNode { IsNull: true })) is { } value)
        {
            faults.Add(
                Codes.SchemaShape,
                schema.Find("enum")!.KeyPlace,
                $"{what} is a set of {(value is ScalarNode { IsNumber: true } ? "numbers" : "values other than words")}; only a set of words can be one. Leave out its enum, and say in the description what the values mean.");
        }

        foreach (var key in new[] { "oneOf", "anyOf" }.Where(schema.Has))
        {
            faults.Add(
                Codes.SchemaShape,
                schema.Find(key)!.KeyPlace,
                $"{what} is one of several types ({key}). Give it a name under components/schemas, and refer to that.");
        }

        if (schema.List("allOf") is { } parts && Shape.SingleAllOf(schema) is null)
        {
            faults.Add(Codes.SchemaShape, schema.Find("allOf")!.KeyPlace, $"{what} builds on {(parts.Items.Count > 1 ? "several schemas" : "another")} (allOf). Write the fields of all into one schema.");
        }

        if (schema.Has("not"))
        {
            faults.Add(Codes.UncheckedLimit, schema.Find("not")!.KeyPlace, $"{what} excludes values with 'not', which nobody checks. Say it in the description.");
        }

        if (schema["type"] is not null and not ScalarNode)
        {
            faults.Add(Codes.SchemaShape, schema["type"]!.Place, $"{what} has several types. Only one type, and optionally null, is supported.");
        }

        // Keys that no version has are what somebody added, and were reported as such.
        var old = OpenApiTable.Of(OpenApiVersion.V30)["Schema"].Keys;
        var known = OpenApiTable.Of(document.Version)["Schema"].Keys;
        foreach (var entry in schema.Entries.Where(entry => known.ContainsKey(entry.Key) && !old.ContainsKey(entry.Key) && !Harmless.Contains(entry.Key)))
        {
            faults.Add(Codes.SchemaShape, entry.KeyPlace, $"{what} has '{entry.Key}', which cannot be generated. Remove it, and state it in the description.");
        }
    }
}
