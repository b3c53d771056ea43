using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using TogetherAI.Generator.Naming;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>A client of a document of others: the runtime, what is generated, and nothing by hand.</summary>
internal static class ForeignClient
{
    private static readonly string Sources = Path.Combine(BuildFacts.RepositoryRoot, "src", "TogetherAI.Generated");

    // What a repository made by the template has of these sources, and the files that are its own.
    private static readonly string[] Included = Words("include");
    private static readonly string[] Excluded = Words("exclude");
    private static readonly string[] Own = Directory.GetFiles(Path.Combine(BuildFacts.RepositoryRoot, ".template", "src", "TogetherAI.Generated"), "*.cs");

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
        var options = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        return compilation
            .RemoveSyntaxTrees(compilation.SyntaxTrees.Where(static tree => tree.FilePath.Length > 0 && !IsOfTemplate(tree.FilePath)))
            .AddSyntaxTrees(Own.Select(File.ReadAllText).Concat(more).Select(text => CSharpSyntaxTree.ParseText(text, options, cancellationToken: cancellationToken)));
    }

    private static bool IsOfTemplate(string file)
    {
        var path = "src/TogetherAI.Generated/" + Path.GetRelativePath(Sources, file).Replace('\\', '/');
        return Included.Any(word => word.EndsWith("/**", StringComparison.Ordinal) ? path.StartsWith(word[..^2], StringComparison.Ordinal) : path == word) && !Excluded.Contains(path);
    }

    private static string[] Words(string key)
    {
        var template = JsonNode.Parse(File.ReadAllText(Path.Combine(BuildFacts.RepositoryRoot, ".template.config", "template.json")))!;
        return [.. template["sources"]![0]![key]!.AsArray().Select(static word => (string)word!)];
    }
}
