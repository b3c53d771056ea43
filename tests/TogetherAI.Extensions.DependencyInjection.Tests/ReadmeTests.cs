namespace TogetherAI.DependencyInjection.Tests;

/// <summary>What readers copy from the page of the package compiles.</summary>
public sealed class ReadmeTests
{
    // What a web project has by default, and what the parts of programs on the page refer to.
    private const string Usings = """
        using System;
        using System.Net;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
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

    private static string[] Blocks { get; } = PackagePage.BlocksOf("TogetherAI.Extensions.DependencyInjection");

    [TestCaseSource(nameof(Blocks))]
    public void Block_of_the_page_compiles(string block)
    {
        var isProgram = block.Contains("WebApplication.CreateBuilder", StringComparison.Ordinal);
        var source = Usings + (isProgram
            ? block.Replace("using TogetherAI;\n", "", StringComparison.Ordinal)
            : $"public static class Program\n{{\n    public static void Main() {{ }}\n    public static void Part(WebApplicationBuilder builder, WebApplication app)\n    {{\n{block}\n    }}\n}}\n{Context}");

        Assert.That(PackagePage.Compile(source), Is.Empty);
    }

    [Test]
    public void Page_has_blocks_to_compile() => Assert.That(Blocks, Has.Length.GreaterThan(5));
}
