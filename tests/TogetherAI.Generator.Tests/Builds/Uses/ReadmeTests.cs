using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Builds.Uses;

/// <summary>What readers copy from README.md compiles, and the part that needs no key runs.</summary>
public sealed class ReadmeTests
{
    private const string ClientExtension = "extend";
    private const string NeedsNoKey = "local-server";

    // What a web project has by default, beside what every sample is about.
    private const string Usings = """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.Extensions.DependencyInjection;
        using TogetherAI;
        using TogetherAI.LocalServer;

        """;

    [Test, CancelAfter(900_000)]
    public async Task Program_of_the_readme_compiles_and_runs(CancellationToken cancellationToken)
    {
        var methods = Readme.Blocks
            .Where(block => block.Name != ClientExtension)
            .Select(block => $"public static async Task {MethodName(block.Name)}()\n{{\n{block.Code}}}\n");
        var source = $"{Usings}await Examples.{MethodName(NeedsNoKey)}();\n\npublic static class Examples\n{{\n{string.Concat(methods)}}}\n";
        var project = SharedCopy.Repository.AddProgram("UsesTheReadme", source, "net10.0", "TogetherAI.LocalServer");

        var run = await SharedCopy.Repository.RunProgramAsync(project, cancellationToken);

        run.RequireSuccess();
        Assert.That(run.Output, Does.Contain("stand-in"));
    }

    [Test]
    public void Block_of_CSharp_has_a_name_and_so_is_tested()
        => Assert.That(Readme.Blocks, Has.Count.EqualTo(Readme.BlockCount).And.Count.GreaterThan(5));

    private static string MethodName(string block) => string.Concat(block.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + "Async";
}
