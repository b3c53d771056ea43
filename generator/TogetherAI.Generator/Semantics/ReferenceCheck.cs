using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Semantics;

/// <summary>Every reference names something of its kind.</summary>
internal sealed class ReferenceCheck : IStep
{
    private const string Components = "#/components/";

    public void Run(ApiDocument document)
    {
        foreach (var (node, type) in DocumentWalk.Objects(OpenApiTable.Of(document.Version), document.Root))
        {
            if (node["$ref"] is ScalarNode { IsText: true } reference)
            {
                Check(document, node, reference, type);
            }
            else if (type == "Discriminator")
            {
                Mapping(document, node);
            }
        }
    }

    private static void Check(ApiDocument document, MapNode node, ScalarNode reference, string type)
    {
        // What leads to other files and hosts was reported where files are read.
        if (!reference.Text.StartsWith('#'))
        {
            return;
        }

        var target = document.Find(reference.Text);
        if (target is null)
        {
            document.Faults.Add(Codes.DanglingReference, reference.Place, $"The reference '{reference.Text}' names nothing.{Nearest(document, reference.Text)}");
        }
        else if (IsOfAnotherKind(reference.Text, type) || target is not MapNode)
        {
            var isBoolean = type == "Schema" && target is ScalarNode { ScalarKind: ScalarKind.Boolean };
            if (!isBoolean)
            {
                document.Faults.Add(Codes.DanglingReference, reference.Place, $"The reference '{reference.Text}' names no {type}, which is expected here.");
            }
        }
        else if (document.Follow(node) is null && document.Find(reference.Text) is MapNode next && LeadsInACircle(document, next))
        {
            document.Faults.Add(Codes.DanglingReference, reference.Place, $"The reference '{reference.Text}' leads back to itself.");
        }
    }

    private static void Mapping(ApiDocument document, MapNode discriminator)
    {
        foreach (var value in discriminator.Map("mapping")?.Entries.Select(static entry => entry.Value).OfType<ScalarNode>() ?? [])
        {
            var isReference = value.Text.StartsWith('#');
            if (isReference ? document.Find(value.Text) is not MapNode : document.Schemas?.Has(value.Text) != true)
            {
                document.Faults.Add(
                    Codes.DanglingReference,
                    value.Place,
                    $"The discriminator's mapping names '{value.Text}', which is no schema.{Nearest(document, isReference ? value.Text : JsonPointer.Schemas + value.Text)}");
            }
        }
    }

    private static bool LeadsInACircle(ApiDocument document, Node node)
    {
        var seen = new HashSet<Node>();
        Node? next = node;
        while (next is MapNode map && map.Text("$ref") is { } reference)
        {
            if (!seen.Add(next))
            {
                return true;
            }

            next = document.Find(reference);
        }

        return false;
    }

    private static bool IsOfAnotherKind(string reference, string type)
    {
        if (!reference.StartsWith(Components, StringComparison.Ordinal) || reference.Count(static character => character == '/') != 3)
        {
            return false;
        }

        var kind = reference.Split('/')[2];
        return kind != (type == "RequestBody" ? "requestBodies" : $"{char.ToLowerInvariant(type[0])}{type[1..]}s");
    }

    private static string Nearest(ApiDocument document, string reference)
    {
        var end = reference.LastIndexOf('/') + 1;
        return end > 1 && document.Find(reference[..(end - 1)]) is MapNode owner
            ? Suggestion.For(JsonPointer.Unescape(reference[end..]), owner.Keys)
            : "";
    }
}
