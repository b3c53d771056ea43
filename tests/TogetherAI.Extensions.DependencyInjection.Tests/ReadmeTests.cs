using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TogetherAI.DependencyInjection.Tests;

/// <summary>What readers copy from the page of the package compiles.</summary>
public sealed partial class ReadmeTests
{
    // What a web project has by default, and what the parts of programs on the page refer to.
    private const string Usings = """
        using System;
        using System.Net;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Diagnostics.HealthChecks;
        using TogetherAI;

        """;

    private const string Context = """

        public sealed class KeyVault
        {
            public ValueTask<string> GetKeyAsync(CancellationToken cancellationToken) => new("key");
        }
        """;

    private static string[] Blocks { get; } =
        [.. Block().Matches(File.ReadAllText(Path.Combine(Root, "src", "TogetherAI.Extensions.DependencyInjection", "README.md"))).Select(static match => match.Groups["code"].Value)];

    private static string Root
        => typeof(ReadmeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    [TestCaseSource(nameof(Blocks))]
    public void Block_of_the_page_compiles(string block)
    {
        var isProgram = block.Contains("WebApplication.CreateBuilder", StringComparison.Ordinal);
        var source = Usings + (isProgram
            ? block.Replace("using TogetherAI;\n", "", StringComparison.Ordinal)
            : $"public static class Program\n{{\n    public static void Main() {{ }}\n    public static void Part(WebApplicationBuilder builder, WebApplication app)\n    {{\n{block}\n    }}\n}}\n{Context}");

        var compilation = CSharpCompilation.Create("Readme", [CSharpSyntaxTree.ParseText(source)], References, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

        Assert.That(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1701"), Is.Empty);
    }

    [Test]
    public void Page_has_blocks_to_compile() => Assert.That(Blocks, Has.Length.GreaterThan(5));

    private static IEnumerable<MetadataReference> References
        => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path));

    [GeneratedRegex("```csharp\r?\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
