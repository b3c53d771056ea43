using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;

namespace TogetherAI.Extensions.AI.Tests.Readme;

/// <summary>Every program of the package's page compiles as it stands.</summary>
public sealed partial class ReadmeTests
{
    // What a console project imports by default.
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly List<string> Programs = [.. Block().Matches(Page()).Select(static block => block.Groups["code"].Value)];

    [Test]
    public void Programs_of_the_page_are_found()
        => Assert.That(Programs, Has.Count.GreaterThan(6).And.All.Contains("using TogetherAI;"));

    [TestCaseSource(nameof(Cases))]
    public void Program_of_the_page_compiles(string program)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path));

        var compilation = CSharpCompilation.Create(
            "Program",
            new[] { ImplicitUsings, program }.Select(static source => CSharpSyntaxTree.ParseText(source)),
            references,
            // Projects suppress the notice that a package was built with a lower version.
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)
                .WithSpecificDiagnosticOptions([KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress)]));

        Assert.That(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning), Is.Empty);
    }

    private static IEnumerable<TestCaseData> Cases() => Programs.Select(static (program, position) => new TestCaseData(program).SetArgDisplayNames($"program_{position + 1}"));

    private static string Page() => File.ReadAllText(Path.Combine(
        typeof(ReadmeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "RepositoryRoot").Value!,
        "src", "TogetherAI.Extensions.AI", "README.md"));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
