using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Documents;

/// <summary>An OpenAPI document, all its files in one, with the ways through it that every step needs.</summary>
/// <remarks>Everything here takes a document that may be wrong: what is not of the expected shape is not there.</remarks>
internal sealed class ApiDocument(MapNode root, FaultList faults, GeneratorSettings settings)
{
    private const int MaxReferences = 100;

    public MapNode Root { get; } = root;

    public FaultList Faults { get; } = faults;

    public GeneratorSettings Settings { get; } = settings;

    public OpenApiVersion Version { get; } = OpenApiVersions.Of(root.Text("openapi"));

    public MapNode? Paths => Root.Map("paths");

    /// <summary>The schemas with a name; null where there are none.</summary>
    public MapNode? Schemas => Root.Map("components")?.Map("schemas");

    /// <summary>The operations under <c>paths</c>, in the order of the document.</summary>
    public IEnumerable<Operation> Operations => Documents.Operations.All(Root).Select(found => new Operation(this, found));

    /// <summary>Finds what a reference within the document names; null where there is nothing.</summary>
    public Node? Find(string reference) => JsonPointer.Find(Root, reference);

    /// <summary>Follows references until something else; null where they lead nowhere, or in a circle.</summary>
    public MapNode? Follow(Node? node)
    {
        for (var count = 0; count < MaxReferences; count++)
        {
            if (node is not MapNode map)
            {
                return null;
            }

            if (map["$ref"] is not ScalarNode { IsText: true } reference)
            {
                return map;
            }

            node = Find(reference.Text);
        }

        return null;
    }
}
