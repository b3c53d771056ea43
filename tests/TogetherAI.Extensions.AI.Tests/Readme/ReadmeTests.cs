using NUnit.Framework;

namespace TogetherAI.Extensions.AI.Tests.Readme;

/// <summary>Every program of the package's page compiles as it stands, and that of the client's page with OpenTelemetry, which is at hand here.</summary>
public sealed class ReadmeTests
{
    // What a console project imports by default.
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly string[] Programs =
    [
        .. PackagePage.BlocksOf("TogetherAI.Extensions.AI"),
        PackagePage.BlocksOf("TogetherAI.Generated").Single(static block => block.StartsWith("using OpenTelemetry", StringComparison.Ordinal)),
    ];

    [Test]
    public void Programs_of_the_page_are_found()
        => Assert.That(Programs, Has.Length.GreaterThan(6).And.All.Contains("using TogetherAI;"));

    [TestCaseSource(nameof(Cases))]
    public void Program_of_the_page_compiles(string program) => Assert.That(PackagePage.Compile($"{ImplicitUsings}\n{program}"), Is.Empty);

    private static IEnumerable<TestCaseData> Cases() => Programs.Select(static (program, position) => new TestCaseData(program).SetArgDisplayNames($"program_{position + 1}"));
}
