using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using TogetherAI.Generator.Naming;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>A client of a document of others: the runtime, what is generated, and nothing by hand.</summary>
internal static class ForeignClient
{
    private static readonly string Sources = Path.Combine(BuildFacts.RepositoryRoot, "src", "TogetherAI.Generated");

    // What is written by hand for the areas of our own document.
    private static readonly string[] Areas = ["Audio", "Chat", "Completions", "Images", "Inference", "Unions", "ChoiceForm.cs", "ChoiceList.cs", "TogetherAICallSummary.Usage.cs", "bin", "obj"];

    /// <summary>The settings of a repository whose templates write the streams.</summary>
    public static GeneratorSettings Settings { get; } = new(new HashSet<string>(), ClientCompiler.Settings.ClientName, WritesStreams: true);

    /// <summary>Generates the client, and compiles it with more sources.</summary>
    public static async Task<CSharpCompilation> CompileAsync(string document, CancellationToken cancellationToken, params string[] more)
    {
        using var folder = new TemporaryFolder();
        var generation = Generation.OfFile(folder.Write("api.yaml", document), ReservedNames.Of(Sources), Settings);
        Assert.That(generation.Written, Is.Not.Null, $"{generation}");
        var generated = await ClientCompiler.GenerateAsync(generation.Written!, cancellationToken);
        var compilation = ClientCompiler.Compile(generated);
        return compilation
            .RemoveSyntaxTrees(compilation.SyntaxTrees.Where(static tree => IsOfArea(tree.FilePath)))
            .AddSyntaxTrees(more.Select(text => CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)compilation.SyntaxTrees[0].Options, cancellationToken: cancellationToken)));
    }

    private static bool IsOfArea(string file) => file.Length > 0 && Areas.Contains(Path.GetRelativePath(Sources, file).Split(Path.DirectorySeparatorChar)[0]);
}
