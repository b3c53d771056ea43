using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TogetherAI.Tests.Support;

/// <summary>The page of a package, whose C# its readers copy.</summary>
internal static partial class PackagePage
{
    /// <summary>Every block of C#, in the order of the page.</summary>
    public static string[] BlocksOf(string package)
        => [.. Block().Matches(File.ReadAllText(Path.Combine(RepositoryRoot, "src", package, "README.md")).ReplaceLineEndings("\n")).Select(static match => match.Groups["code"].Value)];

    /// <summary>What the compiler says against a source, with all that this test project refers to.</summary>
    public static IEnumerable<Diagnostic> Compile(string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create("Page", [CSharpSyntaxTree.ParseText(source)], references, options)
            .GetDiagnostics()
            .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1701");
    }

    public static string RepositoryRoot
        => typeof(PackagePage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "RepositoryRoot").Value!;

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
