namespace TogetherAI.Generator.Nodes;

/// <summary>Where something stands in a file.</summary>
/// <param name="File">Path of the file, as it was given.</param>
/// <param name="Line">Line, beginning with 1.</param>
/// <param name="Column">Column in UTF-16 units, beginning with 1.</param>
internal readonly record struct Place(string File, int Line, int Column)
{
    /// <summary>Formats the place as MSBuild recognizes it, such as <c>openapi/api.yaml(12,3)</c>.</summary>
    public override string ToString() => $"{File}({Line},{Column})";
}
