using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>A place of a document that holds a schema.</summary>
/// <param name="Schema">The schema as it was when it was found.</param>
/// <param name="Name">Where it stands, as a name for it in PascalCase, such as <c>ChatRequestMessagesItem</c>.</param>
/// <param name="Role">What the place is.</param>
/// <param name="Replace">Puts another schema into the place.</param>
internal sealed record SchemaSlot(MapNode Schema, string Name, SchemaRole Role, Action<MapNode> Replace);
