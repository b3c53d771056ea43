using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Loading;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Refusals;
using TogetherAI.Generator.Rendering;
using TogetherAI.Generator.Semantics;
using TogetherAI.Generator.Specification;
using TogetherAI.Generator.Streams;

namespace TogetherAI.Generator;

/// <summary>
/// The way from a document to the one that NSwag reads: load, check, lift, refuse, name, write. What is wrong is reported
/// in two runs of checks, all of each: what the document says wrongly, and then what of a valid one cannot be generated.
/// </summary>
internal static class Pipeline
{
    private static readonly IReadOnlyList<IStep> Checks =
    [
        new SpecificationCheck(),
        new ReferenceCheck(),
        new OperationCheck(),
        new PathCheck(),
        new SchemaCheck(),
        new EndlessSchemaCheck(),
        new SecurityCheck(),
        new StreamDerivation(),
        new ExtensionCheck(),
        new IdempotenceCheck(),
        new JobCheck(),
        new StreamCheck(),
    ];

    private static readonly IReadOnlyList<IStep> Rewriting =
    [
        new Lifts(),
        new ParameterRefusals(),
        new OperationRefusals(),
        new SchemaRefusals(),
        new FieldRefusals(),
        new ParameterObjects(),
        new ListResponses(),
        new PageCheck(),
    ];

    /// <summary>Runs all steps.</summary>
    /// <param name="path">Path of the document.</param>
    /// <param name="files">Reads it and what it refers to.</param>
    /// <param name="settings">What <c>nswag.json</c> says.</param>
    /// <param name="reserved">Names that no type may have; asked for only where the document is right.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>The document for NSwag; null where there are faults.</returns>
    public static MapNode? Run(string path, SourceFiles files, GeneratorSettings settings, Func<IReadOnlySet<string>> reserved, FaultList faults)
    {
        ApiDocument document;
        try
        {
            document = new ApiDocument(Bundler.Bundle(files, files.Open(path), faults), faults, settings);
        }
        catch (DocumentException exception)
        {
            faults.Add(exception.Code, exception.Place, exception.Message);
            return null;
        }

        return Runs(Checks, document) && Runs(Rewriting, document) ? Written(document, reserved()) : null;
    }

    private static bool Runs(IReadOnlyList<IStep> steps, ApiDocument document)
    {
        foreach (var step in steps)
        {
            step.Run(document);
        }

        return !document.Faults.HasErrors;
    }

    private static MapNode? Written(ApiDocument document, IReadOnlySet<string> reserved)
    {
        var written = NSwagDocument.Create(document, new DocumentNames(document, reserved));
        return document.Faults.HasErrors ? null : written;
    }
}
