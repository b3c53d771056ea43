using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Loading;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>One run of the generator's program, in this process.</summary>
/// <param name="Faults">What it reports.</param>
/// <param name="Written">The document for NSwag; null where there are errors.</param>
internal sealed record Generation(IReadOnlyList<Fault> Faults, MapNode? Written)
{
    public static HashSet<string> NoNames { get; } = [];

    /// <summary>Runs it on the text of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="name">The name of its file.</param>
    /// <param name="reserved">Names that no type may have; null for none.</param>
    /// <param name="others">Other files, by their names, beside it.</param>
    public static Generation Of(string document, string name = "api.yaml", IReadOnlySet<string>? reserved = null, params (string Name, string Text)[] others)
    {
        using var folder = new TemporaryFolder();
        foreach (var other in others)
        {
            folder.Write(other.Name, other.Text);
        }

        return OfFile(folder.Write(name, document), reserved);
    }

    public static Generation OfFile(string path, IReadOnlySet<string>? reserved = null, GeneratorSettings? settings = null)
    {
        var faults = new FaultList();
        var written = Pipeline.Run(path, new SourceFiles(faults), settings ?? GeneratorSettings.Default, () => reserved ?? NoNames, faults);
        return new Generation(faults.Sorted, written);
    }

    /// <summary>The faults as lines, without the folder of the file.</summary>
    public override string ToString()
        => string.Join('\n', Faults.Select(static fault => $"{Path.GetFileName(fault.Place.File)}({fault.Place.Line},{fault.Place.Column}): {(fault.IsWarning ? "warning" : "error")} {fault.Code}: {fault.Sentence}"));
}
