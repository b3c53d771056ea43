using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Shapes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Refusals;

/// <summary>Refuses extensions of fields that cannot do what they say there.</summary>
internal sealed class FieldRefusals : IStep
{
    private const string Absent = "x-absent";
    private const string Memory = "x-memory";
    private const string Alias = "x-alias-of";

    public void Run(ApiDocument document)
    {
        foreach (var (schema, _) in DocumentWalk.Objects(OpenApiTable.Of(document.Version), document.Root).Where(static found => found.Type == "Schema"))
        {
            foreach (var field in schema.Map("properties")?.Entries ?? [])
            {
                Field(document, schema, field);
            }
        }
    }

    private static void Field(ApiDocument document, MapNode schema, MapEntry field)
    {
        if (field.Value is not MapNode node)
        {
            return;
        }

        if (node.Find(Absent) is { } absent && Shape.Of(document, node).Kind != ShapeKind.Text)
        {
            document.Faults.Add(Codes.Extension, absent.KeyPlace, $"'{Absent}' is for fields that are a string. Leave it out, and the field is null where a server leaves it out.");
        }

        if (node.Find(Memory) is { } memory && !(node.Text("type") == "array" && node.Map("items") is { } items && items.Text("type") == "number" && items.Text("format") == "float"))
        {
            document.Faults.Add(Codes.Extension, memory.KeyPlace, $"'{Memory}' is for fields that are an array of numbers with the format float.");
        }

        if (node.Find(Alias) is { Value: ScalarNode target } alias)
        {
            var fault = schema.Map("properties")![target.Text] is not MapNode other ? $"names '{target.Text}', which is no field beside it.{Suggestion.For(target.Text, schema.Map("properties")!.Keys)}"
                : other.Has(Alias) || other == node ? "names a field that is an alias itself. Name the field that both stand for."
                : new[] { node, other }.Any(one => Shape.Of(document, one).Kind != ShapeKind.Text || one.Has(Absent)) ? "is for fields that are a string."
                : schema.List("required")?.Texts.Any(name => name == field.Key || name == target.Text) == true ? "is for fields that are not required: a server sends one of them."
                : null;
            if (fault is not null)
            {
                document.Faults.Add(Codes.Extension, alias.KeyPlace, $"'{Alias}' {fault}");
            }
        }
    }
}
