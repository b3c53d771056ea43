using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Documents;

/// <summary>One parameter of an operation.</summary>
/// <param name="Written">What stands in the list: the parameter, or a reference to it.</param>
/// <param name="Node">The parameter.</param>
internal sealed record Parameter(Node Written, MapNode Node)
{
    public Place Place => Written.Place;

    public string Name => Node.Text("name") ?? "";

    /// <summary>Where it is sent: path, query, header or cookie.</summary>
    public string? In => Node.Text("in");

    public Node? Schema => Node["schema"] ?? Node.Map("content")?.Entries.Select(static entry => (entry.Value as MapNode)?["schema"]).FirstOrDefault();

    public bool IsSameAs(Parameter other) => other.Name == Name && other.In == In;
}
