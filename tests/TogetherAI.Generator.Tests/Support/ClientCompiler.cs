using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Writing;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>Lets NSwag generate from what the program wrote, and compiles it with the client's hand-written code, in this process.</summary>
internal static class ClientCompiler
{
    private static readonly string Sources = Path.Combine(BuildFacts.RepositoryRoot, "src", "TogetherAI.Generated");

    private static readonly CSharpParseOptions Parsing = new(
        LanguageVersion.Latest,
        DocumentationMode.Diagnose,
        preprocessorSymbols: ["NET", "NET8_0_OR_GREATER", "NET9_0_OR_GREATER", "NET10_0", "NET10_0_OR_GREATER"]);

    private static readonly Lazy<IReadOnlyList<SyntaxTree>> HandWritten = new(Parse);

    private static IEnumerable<MetadataReference> References
        => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("TogetherAI.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path));

    /// <summary>The settings of the repository.</summary>
    public static GeneratorSettings Settings { get; } = GeneratorSettings.Read(Path.Combine(BuildFacts.RepositoryRoot, "nswag.json"));

    /// <summary>Runs NSwag with the repository's settings and templates.</summary>
    public static async Task<string> GenerateAsync(MapNode written, CancellationToken cancellationToken)
    {
        // In a folder of its own, without what its variables cannot have in a path.
        var folder = Directory.CreateTempSubdirectory("generation");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "openapi.json"), JsonNodeWriter.Write(written), cancellationToken);
            File.Copy(Path.Combine(BuildFacts.RepositoryRoot, "nswag.json"), Path.Combine(folder.FullName, "nswag.json"));
            var templates = Directory.CreateDirectory(Path.Combine(folder.FullName, "Templates"));
            foreach (var template in Directory.GetFiles(Path.Combine(BuildFacts.RepositoryRoot, "generator", "Templates")))
            {
                File.Copy(template, Path.Combine(templates.FullName, Path.GetFileName(template)));
            }

            var run = await Command.DotNetAsync(
                folder.FullName,
                cancellationToken,
                Path.Combine(BuildFacts.NSwagPackage, "tools", "Net100", "dotnet-nswag.dll"),
                "run",
                "nswag.json",
                "/variables:Document=openapi.json,Output=client.cs,TemplateDirectory=Templates");
            run.RequireSuccess();
            return await File.ReadAllTextAsync(Path.Combine(folder.FullName, "client.cs"), cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Compiles generated code with that of the client, for the newest framework.</summary>
    public static CSharpCompilation Compile(string generated)
        => Compile(OutputKind.DynamicallyLinkedLibrary, [.. HandWritten.Value, CSharpSyntaxTree.ParseText(generated, Parsing)], References);

    /// <summary>Compiles the statements of a program that uses a client that was built.</summary>
    public static CSharpCompilation Use(string client, string statements)
        => Compile(OutputKind.ConsoleApplication, [CSharpSyntaxTree.ParseText(statements, Parsing)], References.Append(MetadataReference.CreateFromFile(client)));

    /// <summary>Requires that there are neither errors nor warnings in it, and loads it.</summary>
    public static Assembly Load(CSharpCompilation compilation)
    {
        using var content = new MemoryStream();
        using var documentation = new MemoryStream();
        RequireNone(compilation.Emit(content, xmlDocumentationStream: documentation).Diagnostics);
        content.Position = 0;
        return new AssemblyLoadContext("compiled", isCollectible: true).LoadFromStream(content);
    }

    /// <summary>Requires that there are neither errors nor warnings in it.</summary>
    public static void RequireSuccess(CSharpCompilation compilation) => RequireNone(compilation.GetDiagnostics());

    private static CSharpCompilation Compile(OutputKind kind, IEnumerable<SyntaxTree> sources, IEnumerable<MetadataReference> references)
        => CSharpCompilation.Create(
            "Compiled",
            sources,
            references,
            new CSharpCompilationOptions(
                kind,
                nullableContextOptions: NullableContextOptions.Enable,
                // Of packages that were made against an earlier framework; a build says nothing of it either.
                specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));

    private static void RequireNone(IEnumerable<Diagnostic> diagnostics)
        => Assert.That(diagnostics.Where(static fault => fault.Severity >= DiagnosticSeverity.Warning).Take(20).Select(static fault => fault.ToString()), Is.Empty);

    private static List<SyntaxTree> Parse()
    {
        const string Usings = """
            global using System;
            global using System.Collections.Generic;
            global using System.IO;
            global using System.Linq;
            global using System.Net.Http;
            global using System.Threading;
            global using System.Threading.Tasks;
            """;
        var files = Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
            .Where(static file => Path.GetRelativePath(Sources, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));
        return [CSharpSyntaxTree.ParseText(Usings, Parsing), .. files.Select(static file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Parsing, file))];
    }
}
